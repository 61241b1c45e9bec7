import { ApiError } from '../errors'
import type { Structure } from '../schemas/property'
import { isInternal } from '../schemas/storeNames'
import type { Order } from './order'

const MAX_TOP = 999
const DEFAULT_TOP = 100
const DEFAULT_ORDER = ['createdDateTime', 'lastModifiedDateTime']

// An OData identifier: OData 4.01 CSDL, 15.2.
const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u

/** `$top`: the size of a page, 1 to 999, 100 where it is absent. */
export function parseTop(value: string | undefined): number {
  if (value === undefined) return DEFAULT_TOP
  const top = /^\d{1,4}$/.test(value.trim()) ? Number(value) : 0
  if (top >= 1 && top <= MAX_TOP) return top
  throw invalid('$top', `$top must be a whole number from 1 to ${MAX_TOP}.`)
}

/** `$count`: whether the answer is to say how many there are in all. */
export function parseCount(value: string | undefined): boolean {
  const word = value?.trim().toLowerCase()
  if (word === undefined || word === 'true' || word === 'false') return word === 'true'
  throw invalid('$count', '$count must be true or false.')
}

/** `$orderby`: one property and a direction; where it is absent, the newest come first. */
export function parseOrder(value: string | undefined, structure: Structure): Order {
  const names = orderable(structure)
  if (value === undefined) {
    return { property: DEFAULT_ORDER.find((name) => names.includes(name)) ?? 'id', direction: 'desc' }
  }
  const [property = '', given = 'asc', ...rest] = value.trim().split(/\s+/)
  const direction = given.toLowerCase()
  if (rest.length > 0 || !names.includes(property) || (direction !== 'asc' && direction !== 'desc')) {
    throw invalid('$orderby', `$orderby takes one of ${names.join(', ')}, then asc or desc.`)
  }
  return { property, direction }
}

/** `$select`: the properties to answer, undefined for all. An open type may have any; a closed one only its own. */
export function parseSelect(
  value: string | undefined,
  { open, properties }: Structure,
): ReadonlySet<string> | undefined {
  if (value === undefined) return undefined
  const names = new Set(value.split(',').map((name) => name.trim()))
  if (names.has('*')) return undefined
  const isDynamic = (name: string): boolean => open && IDENTIFIER.test(name) && !isInternal(name)
  if ([...names].every((name) => properties.has(name) || isDynamic(name))) return names
  const known = [...properties.keys()].join(', ')
  const dynamic = open ? ', and dynamic ones' : ''
  throw invalid('$select', `$select takes names of properties, separated by commas: ${known}${dynamic}.`)
}

function orderable({ properties }: Structure): string[] {
  return [...properties.values()].filter(({ order }) => order === true).map(({ name }) => name)
}

function invalid(target: string, message: string): ApiError {
  return new ApiError('invalidQueryOption', message, { target })
}
