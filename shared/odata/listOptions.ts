import { ApiError } from '../errors'
import { findProperty, isIdentifier, type Structure } from '../schemas/property'
import type { Order } from './order'

/** The most entities on a page. */
export const MAX_TOP = 999
/** The default page size. */
export const DEFAULT_TOP = 100
const DEFAULT_ORDER = ['createdDateTime', 'lastModifiedDateTime']

/** `$top`: the size of a page, 1 to 999, 100 where it is absent. */
export function parseTop(value: string | undefined): number {
  if (value === undefined) return DEFAULT_TOP
  const top = /^\d{1,4}$/.test(value.trim()) ? Number(value) : 0
  if (top >= 1 && top <= MAX_TOP) return top
  throw invalid('$top', `$top must be a whole number from 1 to ${MAX_TOP}.`)
}

/** `$count`: whether the answer includes the total. */
export function parseCount(value: string | undefined): boolean {
  const word = value?.trim().toLowerCase()
  if (word === undefined || word === 'true' || word === 'false') return word === 'true'
  throw invalid('$count', '$count must be true or false.')
}

/** `$orderby`: one property and a direction; where it is absent, the newest come first. */
export function parseOrder(value: string | undefined, structure: Structure): Order {
  const names = orderable(structure)
  if (value === undefined) return { property: defaultOrder(structure), direction: 'desc' }
  const [name = '', given = 'asc', ...rest] = value.trim().split(/\s+/)
  const property = findProperty(structure, name)?.name ?? ''
  const direction = given.toLowerCase()
  if (rest.length > 0 || !names.includes(property) || (direction !== 'asc' && direction !== 'desc')) {
    throw invalid('$orderby', `$orderby takes one of ${names.join(', ')}, then asc or desc.`)
  }
  return { property, direction }
}

/** Names of the properties that `$orderby` takes. */
export function orderable({ properties }: Structure): string[] {
  return [...properties.values()].filter(({ order }) => order === true).map(({ name }) => name)
}

/** The property that a list is ordered by, descending, where `$orderby` is absent. */
export function defaultOrder(structure: Structure): string {
  const names = orderable(structure)
  return DEFAULT_ORDER.find((name) => names.includes(name)) ?? 'id'
}

/** `$select`: the properties to answer, undefined for all. An open type may have any; a closed one only its own. */
export function parseSelect(value: string | undefined, structure: Structure): ReadonlySet<string> | undefined {
  if (value === undefined) return undefined
  const given = value.split(',').map((name) => name.trim())
  if (given.includes('*')) return undefined
  const names = given.map((name) => findProperty(structure, name)?.name ?? name)
  const isKnown = (name: string): boolean => structure.properties.has(name) || (structure.open && isIdentifier(name))
  if (names.every(isKnown)) return new Set(names)
  const known = [...structure.properties.keys()].join(', ')
  const dynamic = structure.open ? ', and dynamic ones' : ''
  throw invalid('$select', `$select takes names of properties, separated by commas: ${known}${dynamic}.`)
}

function invalid(target: string, message: string): ApiError {
  return new ApiError('invalidQueryOption', message, { target })
}
