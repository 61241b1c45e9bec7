import { type Api, answered } from './client'

/** A row of `$apply`: the properties that it was grouped by, and `count`. */
export type Group = Readonly<Record<string, unknown>>

/** The sets whose records are counted. */
type CountedSet = '/managedTenantOperations' | '/managedTenantOperationResults'

/** Counts the records that a filter selects by groups; `by`: what they are grouped by, `day` for the UTC day. */
export async function askGroups(
  { get }: Api,
  set: CountedSet,
  filter: string,
  by: readonly string[],
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const query = { $apply: toApply(filter, by) }
  const { value = [] } = answered(await get(set, { params: { query }, signal }))
  return value.map((row) => ({ ...row }))
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
