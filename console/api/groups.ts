import { type Api, answered } from './client'

/** A row of `$apply`: the properties that it was grouped by, and `count`. */
export type Group = Readonly<Record<string, unknown>>

/** Counts the results that a filter selects by groups; `by`: what they are grouped by, `day` for the UTC day. */
export async function groupResults(
  { get }: Api,
  filter: string,
  by: readonly string[],
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const query = { $apply: toApply(filter, by) }
  return rows(answered(await get('/managedTenantOperationResults', { params: { query }, signal })))
}

/** The same for operations. */
export async function groupOperations(
  { get }: Api,
  filter: string,
  by: readonly string[],
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const query = { $apply: toApply(filter, by) }
  return rows(answered(await get('/managedTenantOperations', { params: { query }, signal })))
}

/** The number of a group. */
export function countOf({ count }: Group): number {
  return typeof count === 'number' ? count : 0
}

/** Adds up the groups by one property. */
export function sumBy(groups: readonly Group[], property: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const group of groups) {
    const key = String(group[property])
    sums.set(key, (sums.get(key) ?? 0) + countOf(group))
  }
  return sums
}

function toApply(filter: string, by: readonly string[]): string {
  const steps = [
    ...(filter === '' ? [] : [`filter(${filter})`]),
    ...(by.includes('day') ? ['compute(date(createdDateTime) as day)'] : []),
    `groupby((${by.join(',')}),aggregate($count as count))`,
  ]
  return steps.join('/')
}

function rows({ value = [] }: { readonly value?: readonly object[] }): readonly Group[] {
  return value.map((row) => ({ ...row }))
}
