import { isObject, type JsonObject } from '../basics/isObject'
import { type Apply, type GroupBy, invalidApply, MAX_GROUPS } from '../odata/apply'
import { collectionContext } from '../odata/urls'
import type { FilterTarget } from '../schemas/filterTargets'
import { UNKNOWN_FUTURE_VALUE } from '../schemas/types'
import type { CountedGroup } from '../store/collections'
import type { GroupKey } from '../store/query'
import { type Answer, entityHeaders } from './answer'
import type { RequestContext } from './verb'

// The first characters of a stored date are its day, in UTC.
const DAY_LENGTH = 10

/** The answer to `$apply`. */
export async function countGroups(context: RequestContext, apply: Apply): Promise<Answer> {
  const { resource, root, parents, metadata } = context
  const groups = apply.groups ?? []
  const counted = apply.groups === undefined ? await countAll(context, apply) : await countEach(context, apply, groups)
  const value = counted.map(({ values, count }) => toMember(groups, values, apply.name, count))
  const shape = shapeOf(toMember(groups, [], apply.name, 0))
  const contextUrl = `${collectionContext(root, resource, parents)}(${shape})`
  const annotations = metadata === 'none' ? {} : { '@odata.context': contextUrl }
  return { status: 200, headers: entityHeaders(context), body: { ...annotations, value } }
}

async function countAll({ store, resource }: RequestContext, { filter }: Apply): Promise<CountedGroup[]> {
  return [{ values: [], count: await store.count(resource, filter) }]
}

async function countEach(
  { store, resource, preferences }: RequestContext,
  { filter }: Apply,
  groups: readonly GroupBy[],
): Promise<CountedGroup[]> {
  const hidden = groups.map((group) => (preferences.includeUnknownEnumMembers ? [] : hiddenOf(group)))
  // Groups of hidden members are merged with that of the sentinel.
  const limit = hidden.reduce((product, members) => product * (members.length + 1), MAX_GROUPS)
  const { groups: found, complete } = await store.group(resource, filter, groups.map(toKey), limit)
  const merged = new Map<string, CountedGroup>()
  for (const { values, count } of complete ? found : []) {
    const seen = values.map((value, at) => (hidden[at]?.includes(String(value)) ? UNKNOWN_FUTURE_VALUE : value))
    const key = JSON.stringify(seen)
    merged.set(key, { values: seen, count: count + (merged.get(key)?.count ?? 0) })
  }
  if (!complete || merged.size > MAX_GROUPS)
    throw invalidApply(`$apply finds more than ${MAX_GROUPS} groups: put filter(…)/ in front, so that there are fewer.`)
  // Sorted, so that the order is the same for each request.
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

function hiddenOf(group: GroupBy): readonly string[] {
  return 'day' in group || group.type.kind !== 'enum' ? [] : group.type.hidden
}

function toKey(group: GroupBy): GroupKey {
  return 'day' in group ? { path: [group.of], length: DAY_LENGTH } : { path: group.path }
}

// One element of the answer: each value at its path, and the count. Without a prototype no name is special.
function toMember(groups: readonly GroupBy[], values: readonly unknown[], name: string, count: number): JsonObject {
  const member: Record<string, unknown> = Object.create(null)
  for (const [at, group] of groups.entries()) place(member, pathOf(group), values[at] ?? null)
  member[name] = count
  return member
}

function place(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const inner = into[first]
  const next: Record<string, unknown> = isObject(inner) ? { ...inner } : {}
  place(next, rest, value)
  into[first] = next
}

function pathOf(group: GroupBy): FilterTarget['path'] {
  return 'day' in group ? [group.day] : group.path
}

// The properties of an element as the context lists them: `createdBy(user(id)),n`.
function shapeOf(member: JsonObject): string {
  return Object.entries(member)
    .map(([name, value]) => encodeURIComponent(name) + (isObject(value) ? `(${shapeOf(value)})` : ''))
    .join(',')
}
