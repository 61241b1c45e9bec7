import type { JsonObject } from '../../../shared/basics/isObject'
import { ApiError, type Detail } from '../../../shared/errors'
import { parseCreate } from '../../../shared/payload/parse'
import { isRequired, type Property } from '../../../shared/schemas/property'
import type { Resource } from '../../../shared/schemas/resource'

const GUID = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const DATE = '2026-11-23T10:55:47.1230000Z'

/** The least body that a resource takes: a value for each property that is required. */
export const leastOf = ({ settable }: Resource): JsonObject =>
  Object.fromEntries(settable.filter(isRequired).map((property) => [property.name, leastValue(property)]))

const leastValue = ({ type, collection }: Property): unknown => {
  if (collection) return []
  if (type.kind === 'complex') return {}
  if (type.kind === 'enum') return type.members.at(1)
  return { 'Edm.Guid': GUID, 'Edm.String': 'x', 'Edm.Boolean': true, 'Edm.Int32': 0, 'Edm.DateTimeOffset': DATE }[
    type.name
  ]
}

/** What is wrong with a body, as `code target`; nothing where it is taken. */
export const problems = (resource: Resource, body: unknown, includeUnknownEnumMembers = false): string[] => {
  try {
    parseCreate(resource, body, includeUnknownEnumMembers)
    return []
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const details: readonly Detail[] = error.details ?? []
    return details.length === 0 ? [error.failure] : details.map(({ code, target }) => `${code} ${target}`)
  }
}
