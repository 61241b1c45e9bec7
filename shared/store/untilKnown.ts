import type { Outcome } from '../cosmos/attempts'
import type { Budget, Run } from './retry'

/** A definite outcome. */
export interface Known<T> {
  readonly outcome: Outcome<T>
  /** True where an earlier attempt to write may have been carried out without our knowledge. */
  readonly doubt: boolean
}

/** Kinds of outcomes after which another attempt is made. */
export const UNSETTLED: ReadonlySet<string> = new Set(['unknown', 'throttled', 'unsent', 'refused'])

/**
 * Retries until the outcome is definite, or throws when the budget ends. `before`: an earlier write of the same request
 * may have been carried out without our knowledge.
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
