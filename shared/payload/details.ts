import type * as z from 'zod'
import type { JsonObject } from '../basics/isObject'
import { ApiError, type Detail, MAX_DETAILS } from '../errors'
import { isRequired, type Property, type Structure } from '../schemas/property'
import { UNKNOWN_FUTURE_VALUE } from '../schemas/types'
import { toPropertyPath } from './propertyPath'

/** What a Zod schema found wrong with a body, as a detail of an error. */
export function toDetail(issue: z.core.$ZodIssue, body: JsonObject, { properties }: Structure): Detail {
  // JSON has no symbols, so every key of a path is a string or a number.
  const path = issue.path as (string | number)[]
  const target = toPropertyPath(path)
  const value = path.reduce<unknown>(memberOf, body)
  const property = path.length === 1 ? properties.get(String(path[0])) : undefined
  return value === undefined || (value === null && property !== undefined && isRequired(property))
    ? { code: 'required', target, message: `'${target}' is required: it must be ${issue.message}.` }
    : { code: codeOf(issue, value), target, message: `'${target}' must be ${issue.message}.` }
}

/** The detail on an evolvable enumeration whose member this client may not send, if it is one. */
export function refuseHiddenMember(
  { name, type }: Property,
  value: unknown,
  includeUnknownEnumMembers: boolean,
): Detail[] {
  if (type.kind !== 'enum' || typeof value !== 'string' || !type.members.includes(UNKNOWN_FUTURE_VALUE)) return []
  const refuse = (message: string): Detail[] => [{ code: 'invalidValue', target: name, message }]
  if (value === UNKNOWN_FUTURE_VALUE) {
    return refuse(`'${name}' must not be '${value}': it is a placeholder for members that a client does not know.`)
  }
  if (includeUnknownEnumMembers || !type.hidden.includes(value)) return []
  return refuse(`'${name}' may only be '${value}' with the header 'Prefer: include-unknown-enum-members'.`)
}

/** Keeps the first of several details on one property. */
export function onePerTarget(details: readonly Detail[]): Detail[] {
  const seen = new Set<string>()
  return details.filter(({ target }) => !seen.has(target) && seen.add(target))
}

/** The failure of a body with these problems, all of them at once up to a hundred. */
export function invalidPayload(details: readonly [Detail, ...Detail[]]): ApiError {
  const [first] = details
  const more = details.length - 1
  const count =
    details.length < MAX_DETAILS ? `${more} more problem${more === 1 ? '' : 's'}` : `${MAX_DETAILS} problems or more`
  const rest = more === 0 ? '' : ` The body has ${count}: see details.`
  return new ApiError('invalidPayload', first.message + rest, {
    target: first.target,
    details: details.slice(0, MAX_DETAILS),
  })
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  // Safe: any key of an object or an array can be read.
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined
}

// A number that is not whole, or a string that is not a GUID, has the right JSON type and the wrong value.
function codeOf(issue: z.core.$ZodIssue, value: unknown): Detail['code'] {
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    return typeof value === 'string' ? 'invalidLength' : 'invalidValue'
  }
  return isOfKind(value, issue.code === 'invalid_type' ? issue.expected : 'string') ? 'invalidValue' : 'invalidType'
}

function isOfKind(value: unknown, expected: string): boolean {
  if (expected === 'int') return typeof value === 'number'
  if (expected === 'array') return Array.isArray(value)
  return typeof value === expected && value !== null && !Array.isArray(value)
}
