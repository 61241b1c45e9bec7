import type * as z from 'zod'
import { isObject, type JsonObject } from '../basics/isObject'
import { ApiError } from '../errors'
import type { Resource } from '../schemas/resource'
import { invalidPayload, onePerTarget, refuseHiddenMember, toDetails } from './details'
import { findReservedNames } from './reservedNames'

/**
 * The properties of a new entity, complete but for the computed ones. A wrong body throws `invalidPayload` with every
 * problem, or `payloadTooDeep`. `includeUnknownEnumMembers`: the client knows the hidden members of enumerations.
 */
export function parseCreate(resource: Resource, body: unknown, includeUnknownEnumMembers: boolean): JsonObject {
  return parse(resource, resource.createSchema(), body, includeUnknownEnumMembers)
}

/** The properties that a PATCH brings; what it did not name is absent. Throws as `parseCreate` does. */
export function parsePatch(resource: Resource, body: unknown, includeUnknownEnumMembers: boolean): JsonObject {
  return parse(resource, resource.patchSchema(), body, includeUnknownEnumMembers)
}

function parse(resource: Resource, schema: z.ZodObject, body: unknown, includeUnknownEnumMembers: boolean): JsonObject {
  if (!isObject(body)) throw new ApiError('invalidPayload', 'The request body must be a JSON object.')
  const given = withoutComputed(body, resource)
  const reserved = findReservedNames(given, resource)
  const { data, error } = schema.safeParse(given)
  const issues = error?.issues.flatMap((issue) => toDetails(issue, given, resource)) ?? []
  const hidden = resource.settable.flatMap((property) =>
    refuseHiddenMember(property, given[property.name], includeUnknownEnumMembers),
  )
  const [first, ...rest] = onePerTarget([...reserved, ...issues, ...hidden])
  if (first !== undefined) throw invalidPayload([first, ...rest])
  return data ?? {}
}

function withoutComputed(body: JsonObject, { computed }: Resource): JsonObject {
  if (!computed.some(({ name }) => Object.hasOwn(body, name))) return body
  return Object.fromEntries(Object.entries(body).filter(([given]) => !computed.some(({ name }) => name === given)))
}
