import { ApiError } from '../errors'
import { parseFilter } from '../filter/filter'
import { MAX_LENGTH, tokenize } from '../filter/filterTokens'
import type { Filter } from '../filter/filterTree'
import type { FilterTarget } from '../schemas/filterTargets'
import { findProperty } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import type { QueryOptions } from './queryOptions'

/** A property to group by, or the day of a date under a name that the client chose. */
export type GroupBy = FilterTarget | { readonly day: string; readonly of: string }

/** How `$apply` counts: all there is, or by groups. */
export interface Apply {
  readonly filter: Filter | undefined
  /** The name of the count in the answer. */
  readonly name: string
  readonly groups: readonly GroupBy[] | undefined
}

/** The most groups in an answer. */
export const MAX_GROUPS = 10_000

// Written so that matching never backtracks, however many blanks there are.
const AGGREGATE = String.raw`aggregate\(\s*\$count\s+as\s+([^\s()]+)\s*\)`
const TOTAL = new RegExp(`^${AGGREGATE}$`, 'i')
const GROUPS = new RegExp(String.raw`^groupby\(\s*\(([^()]*)\)\s*,\s*${AGGREGATE}\s*\)$`, 'i')
const DAY = /^compute\(\s*date\(\s*(\w+)\s*\)\s+as\s+([^\s()]+)\s*\)\//i

// An OData identifier (4.01 CSDL, 15.2).
const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u

const FORMS =
  'Use aggregate($count as NAME) or groupby((PROPERTY[,PROPERTY]),aggregate($count as NAME)), with filter(…)/ in front of either, and compute(date(createdDateTime) as DAY)/ in front of groupby.'

/** The failure of an `$apply` that cannot be answered. */
export function invalidApply(message: string): ApiError {
  return new ApiError('invalidQueryOption', message, { target: '$apply' })
}

/** Reads `$apply`, undefined where it is absent. Throws `invalidQueryOption` with a message that says what would work. */
export function parseApply(options: QueryOptions, resource: Resource, includeUnknown: boolean): Apply | undefined {
  const text = options.get('apply')?.trim()
  if (text === undefined) return undefined
  const other = [...options.keys()].find((name) => name !== 'apply' && !name.startsWith('@'))
  if (other !== undefined) throw invalidApply(`$apply cannot be combined with other query options; $${other} is one.`)
  if (text.length > MAX_LENGTH) throw invalidApply(`$apply must not be longer than ${MAX_LENGTH} characters.`)
  const { inner, rest } = splitFilter(text)
  const filter = parseInner(inner, resource, includeUnknown, options)
  const [, total] = TOTAL.exec(rest) ?? []
  if (total !== undefined) return { filter, name: parseName(total, []), groups: undefined }
  const [computed = '', dated, day] = DAY.exec(rest) ?? []
  const [, paths, name] = GROUPS.exec(rest.slice(computed.length)) ?? []
  if (paths === undefined || name === undefined) throw invalidApply(`$apply cannot be read. ${FORMS}`)
  const groups = parseGroups(paths, resource, parseDay(dated, day, resource))
  return { filter, name: parseName(name, [...groups.map(nameOf), ...(day === undefined ? [] : [day])]), groups }
}

// Cuts `filter(…)/` off, at the parenthesis that closes it.
function splitFilter(text: string): { readonly inner: string | undefined; readonly rest: string } {
  const open = /^filter\(/i.exec(text)?.[0].length
  if (open === undefined) return { inner: undefined, rest: text }
  let depth = 0
  for (const { kind, at } of onApply(() => tokenize(text))) {
    if (kind === '(') depth += 1
    if (kind === ')') depth -= 1
    if (kind !== ')' || depth > 0) continue
    if (text[at + 1] === '/') return { inner: text.slice(open, at), rest: text.slice(at + 2) }
    break
  }
  throw invalidApply(`$apply cannot be read. ${FORMS}`)
}

function parseInner(inner: string | undefined, resource: Resource, includeUnknown: boolean, aliases: QueryOptions) {
  return onApply(() => parseFilter(inner, resource, includeUnknown, aliases))
}

// A mistake in the filter is reported as one in `$apply`.
function onApply<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof ApiError ? invalidApply(`In filter(…) of $apply: ${error.message}`) : error
  }
}

function parseDay(dated: string | undefined, day: string | undefined, resource: Resource): GroupBy | undefined {
  if (dated === undefined || day === undefined) return undefined
  const property = findProperty(resource, dated)
  if (property?.name !== 'createdDateTime')
    throw invalidApply('date(…) in $apply takes createdDateTime, where there is one.')
  if (!IDENTIFIER.test(day) || findProperty(resource, day) !== undefined)
    throw invalidApply(`'${day.slice(0, 64)}' cannot be the name of a day: use an identifier that is no property.`)
  return { day, of: property.name }
}

function parseGroups(paths: string, resource: Resource, day: GroupBy | undefined): GroupBy[] {
  const given = paths.split(',').map((path) => path.trim())
  if (given.length > 2 || new Set(given.map((path) => path.toLowerCase())).size < given.length)
    throw invalidApply('groupby in $apply takes one property, or two that differ.')
  return given.map((path) => {
    if (day !== undefined && path === nameOf(day)) return day
    const target = resource.filterTargets.get(path.toLowerCase())
    if (target !== undefined && isGroupable(target)) return target
    throw invalidApply(`groupby in $apply takes ${groupable(resource).join(', ')}.`)
  })
}

/** The paths of the properties that can be grouped by. */
export function groupable({ filterTargets }: Pick<Resource, 'filterTargets'>): string[] {
  return [...filterTargets.values()].filter(isGroupable).map(({ path }) => path.join('/'))
}

function isGroupable({ path, type, collection }: FilterTarget): boolean {
  const isDate = type.kind === 'primitive' && type.name === 'Edm.DateTimeOffset'
  return !collection && !isDate && path.join('/') !== 'id'
}

// The member of the answer that holds the value: the first segment of a path.
function nameOf(group: GroupBy): string {
  return 'day' in group ? group.day : (group.path[0] ?? '')
}

function parseName(name: string, taken: readonly string[]): string {
  const isTaken = taken.some((other) => other.toLowerCase() === name.toLowerCase())
  if (IDENTIFIER.test(name) && !isTaken) return name
  throw invalidApply(
    `'${name.slice(0, 64)}' cannot be the name of the count: use an identifier that is not grouped by.`,
  )
}
