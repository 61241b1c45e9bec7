import { ApiError } from '../errors'
import type { Structure } from '../schemas/model'
import type { Order } from './query'

const MAX_TOP = 999
const DEFAULT_TOP = 100

const invalid = (target: string, message: string): ApiError => new ApiError('invalidQueryOption', message, { target })

/** `$top`: the size of a page, 1 to 999, 100 where it is absent. */
export const parseTop = (value: string | undefined): number => {
  if (value === undefined) return DEFAULT_TOP
  const top = /^\d{1,4}$/.test(value.trim()) ? Number(value) : 0
  if (top >= 1 && top <= MAX_TOP) return top
  throw invalid('$top', `$top must be a whole number from 1 to ${MAX_TOP}.`)
}

/** `$count`: whether the answer is to say how many there are in all. */
export const parseCount = (value: string | undefined): boolean => {
  const word = value?.trim().toLowerCase()
  if (word === undefined || word === 'true' || word === 'false') return word === 'true'
  throw invalid('$count', '$count must be true or false.')
}

const orderable = ({ properties }: Structure): string[] =>
  [...properties.values()].filter(({ rule }) => rule.order === true).map(({ name }) => name)

const DEFAULT_ORDER = ['createdDateTime', 'lastModifiedDateTime']

/** `$orderby`: one property and a direction; where it is absent, the newest come first. */
export const parseOrder = (value: string | undefined, structure: Structure): Order => {
  const names = orderable(structure)
  if (value === undefined) {
    const property = DEFAULT_ORDER.find((name) => names.includes(name)) ?? 'id'
    return { property, direction: 'desc' }
  }
  const [property = '', direction = 'asc', ...rest] = value.trim().split(/\s+/)
  const way = direction.toLowerCase()
  if (rest.length > 0 || !names.includes(property) || (way !== 'asc' && way !== 'desc')) {
    throw invalid('$orderby', `$orderby takes one of ${names.join(', ')}, and then asc or desc.`)
  }
  return { property, direction: way }
}

const NAME = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u

/** `$select`: the properties to print, undefined for all. An open type may have any; a closed one only its own. */
export const parseSelect = (
  value: string | undefined,
  { open, properties }: Structure,
): readonly string[] | undefined => {
  if (value === undefined) return undefined
  const names = [...new Set(value.split(',').map((name) => name.trim()))]
  if (names.includes('*')) return undefined
  const wrong = names.find((name) => !properties.has(name) && !(open && NAME.test(name) && !name.startsWith('_')))
  if (wrong === undefined) return names
  const known = [...properties.keys()].join(', ')
  throw invalid(
    '$select',
    `$select takes names of properties, separated by commas: ${known}${open ? ', and dynamic ones' : ''}.`,
  )
}
