import { isObject, type JsonObject } from '../basics/isObject'

/** Name under which a query with GROUP BY selects how many documents a group has. */
export const GROUP_COUNT = 'n'

/** Documents with the same values. */
export interface Group {
  /** The values that make the group, by the name under which they are selected; what is null or absent is left out. */
  readonly values: JsonObject
  readonly count: number
}

/** Adds a row, which may be only a part of a group, to its group. */
export function addGroup(groups: Map<string, Group>, row: unknown): void {
  const { [GROUP_COUNT]: part, ...selected } = selectedOf(row)
  const entries = Object.entries(selected).filter(([, value]) => value !== null)
  // Sorted, because the store may order the members of each row differently.
  const key = JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  const count = countOf(part)
  const known = groups.get(key)
  groups.set(
    key,
    known === undefined ? { values: Object.fromEntries(entries), count } : { ...known, count: known.count + count },
  )
}

// With a query plan, the store wraps what is selected, and each number in it, for the SDK to merge.
function selectedOf(row: unknown): JsonObject {
  if (!isObject(row)) throw new Error('the store returned a group that is no object')
  return Array.isArray(row.groupByItems) && isObject(row.payload) ? row.payload : row
}

function countOf(part: unknown): number {
  const count = isObject(part) ? (part.item2 ?? part.item) : part
  if (typeof count === 'number' && Number.isSafeInteger(count)) return count
  throw new Error('the store returned a group without a count')
}
