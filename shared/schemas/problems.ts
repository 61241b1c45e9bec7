import type * as z from 'zod'
import { ApiError, type Detail } from '../errors'
import type { Model, Property } from './model'
import { pathOf } from './path'

const MAX_DETAILS = 100
const SENTINEL = 'unknownFutureValue'

/** A JSON object whose members have not been looked at. */
export type Members = Readonly<Record<string, unknown>>

const memberOf = (value: unknown, key: PropertyKey): unknown =>
  // Any object, or array, may be asked for any key.
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined

const isOfKind = (value: unknown, expected: string): boolean => {
  if (expected === 'int') return typeof value === 'number'
  if (expected === 'array') return Array.isArray(value)
  return typeof value === expected && value !== null && !Array.isArray(value)
}

// A number that is not whole, or a text that is no GUID, has the right JSON type and the wrong value.
const codeOf = (issue: z.core.$ZodIssue, value: unknown): Detail['code'] => {
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    return typeof value === 'string' ? 'invalidLength' : 'invalidValue'
  }
  return isOfKind(value, issue.code === 'invalid_type' ? issue.expected : 'string') ? 'invalidValue' : 'invalidType'
}

/** What a schema found wrong with a body, as details of an error. */
export const toDetails = (issue: z.core.$ZodIssue, body: Members, model: Model): Detail[] => {
  // JSON has no symbols, so every key of a path is a string or a number.
  const path = issue.path as (string | number)[]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const target = pathOf([...path, key])
      return { code: 'unknownProperty', target, message: `'${target}' is not a property of this type.` }
    })
  }
  const target = pathOf(path)
  const value = path.reduce<unknown>(memberOf, body)
  const isRequired = path.length === 1 && model.properties.get(String(path[0]))?.required === true
  return value === undefined || (value === null && isRequired)
    ? [{ code: 'required', target, message: `'${target}' is required: it must be ${issue.message}.` }]
    : [{ code: codeOf(issue, value), target, message: `'${target}' must be ${issue.message}.` }]
}

/** The problem of an evolvable enumeration whose member this client may not send, if it is one. */
export const refuseHidden = (property: Property, value: unknown, showHidden: boolean): Detail[] => {
  const { name, type } = property
  if (type.kind !== 'enum' || typeof value !== 'string' || !type.members.includes(SENTINEL)) return []
  const refuse = (message: string): Detail[] => [{ code: 'invalidValue', target: name, message }]
  if (value === SENTINEL) {
    return refuse(`'${name}' must not be '${SENTINEL}': it stands for members that a client does not know.`)
  }
  if (showHidden || !type.hidden.includes(value)) return []
  return refuse(`'${name}' may only be '${value}' with the header 'Prefer: include-unknown-enum-members'.`)
}

/** Of several problems of one property, the first. */
export const once = (details: readonly Detail[]): Detail[] => {
  const seen = new Set<string>()
  return details.filter(({ target }) => !seen.has(target) && seen.add(target))
}

/** The failure of a body with these problems, all of them at once; the first hundred are spelled out. */
export const invalidPayload = (details: readonly [Detail, ...Detail[]]): ApiError => {
  const [first] = details
  const more = details.length - 1
  const rest = more === 0 ? '' : ` The body has ${more} more problem${more === 1 ? '' : 's'}: see details.`
  return new ApiError('invalidPayload', first.message + rest, {
    target: first.target,
    details: details.slice(0, MAX_DETAILS),
  })
}
