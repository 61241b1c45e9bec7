import type { Outcome } from './attempts'
import type { Budget, Run } from './retry'

/** What the store says definitely. */
export interface Known<T> {
  readonly outcome: Outcome<T>
  /** True where an earlier attempt to write may have been carried out unseen. */
  readonly doubt: boolean
}

/** Kinds of outcomes after which another attempt is made. */
export const UNSETTLED: ReadonlySet<string> = new Set(['unknown', 'throttled', 'unsent', 'refused'])

/**
 * Retries until the store says something definite, or throws when the budget ends. `before`: what the same request sent
 * earlier may have been carried out unseen.
 */
export async function untilKnown<T>(
  budget: Budget,
  run: Run<T>,
  access: 'read' | 'write',
  before = false,
): Promise<Known<T>> {
  let doubt = before
  for (;;) {
    const outcome = await budget.spend(run)
    if (!UNSETTLED.has(outcome.kind)) return { outcome, doubt }
    doubt ||= access === 'write' && outcome.kind === 'unknown'
    await budget.backOff(outcome, doubt)
  }
}
