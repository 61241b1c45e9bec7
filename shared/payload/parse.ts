import type * as z from 'zod'
import { isObject, type JsonObject } from '../basics/isObject'
import { ApiError, type Detail, MAX_DETAILS } from '../errors'
import type { Resource } from '../schemas/resource'
import { invalidPayload, onePerTarget, refuseHiddenMember, toDetail } from './details'
import { normalize } from './normalize'

/**
 * The properties of a new entity, complete but for the computed ones. A wrong body throws `invalidPayload` with every
 * problem, or `payloadTooDeep`. `includeUnknownEnumMembers`: the client knows the hidden members of enumerations.
 */
export function parseCreate(resource: Resource, body: unknown, includeUnknownEnumMembers: boolean): JsonObject {
  return parse(resource, resource.createSchema(), body, includeUnknownEnumMembers)
}

/** The properties in a PATCH; others are absent. Throws as `parseCreate` does. */
export function parsePatch(resource: Resource, body: unknown, includeUnknownEnumMembers: boolean): JsonObject {
  return parse(resource, resource.patchSchema(), body, includeUnknownEnumMembers)
}

function parse(
  resource: Resource,
  schema: z.ZodObject,
  given: unknown,
  includeUnknownEnumMembers: boolean,
): JsonObject {
  if (!isObject(given)) throw new ApiError('invalidPayload', 'The request body must be a JSON object.')
  const { body, details } = normalize(given, resource)
  if (details.length >= MAX_DETAILS) refuse(details)
  const { data, error } = schema.safeParse(body)
  const issues = error?.issues.map((issue) => toDetail(issue, body, resource)) ?? []
  const hidden = resource.settable.flatMap((property) =>
    refuseHiddenMember(property, body[property.name], includeUnknownEnumMembers),
  )
  refuse(onePerTarget([...details, ...issues, ...hidden]))
  return data ?? {}
}

function refuse([first, ...rest]: readonly Detail[]): void {
  if (first !== undefined) throw invalidPayload([first, ...rest])
}
