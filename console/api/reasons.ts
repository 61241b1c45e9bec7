import type { Result } from './client'

/** Why most of some failures failed. */
export interface Reason {
  readonly exception: string
  /** How many of the failures say so. */
  readonly count: number
  readonly of: number
}

/** The exception that most of these failures have, the newest of those that as many have; undefined for none. */
export function commonReason(failures: readonly Result[]): Reason | undefined {
  const counts = new Map<string, number>()
  for (const { exception } of failures) {
    if (typeof exception === 'string' && exception !== '') counts.set(exception, (counts.get(exception) ?? 0) + 1)
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a)
  return first && { exception: first[0], count: first[1], of: failures.length }
}
