import * as z from 'zod'
import { isGuid } from '../basics/guid'
import { MAX_DETAILS } from '../errors'
import { parseDateTimeOffset } from './dateTimeOffset'
import type { EnumType, PrimitiveType, Property, Structure } from './property'
import { INT32_MAX, UNKNOWN_FUTURE_VALUE } from './types'

// Each `error` completes the sentence "'name' must be …".

const AN_OBJECT = { error: 'a JSON object' }

/** The schema of a create: settable properties, those that were not given with their initial values. */
export function toCreateSchema(name: string, open: boolean, settable: readonly Property[]): z.ZodObject {
  return object(open, { ...odataType(name), ...shape(settable, withInitial) })
}

/** The schema of a PATCH: settable properties, each optional, nothing filled in. */
export function toPatchSchema(name: string, open: boolean, settable: readonly Property[]): z.ZodObject {
  return object(open, { ...odataType(name), ...shape(settable, (property) => given(property).optional()) })
}

/** The schema of a document: every property there is. */
export function toStoredSchema({ open, properties }: Structure): z.ZodObject {
  return object(open, shape([...properties.values()], withInitial))
}

function given(property: Property): z.ZodType {
  const { collection, nullable, initial } = property
  const one = element(property)
  const value = collection ? array(one) : one
  if (!nullable) return value
  // A collection of a resource is never null: null stands for its initial value.
  return collection && initial !== undefined ? value.nullable().overwrite((list) => list ?? initial) : value.nullable()
}

// Stops at the hundredth problem, so that refusing a body costs no more than accepting it.
function array(element: z.ZodType): z.ZodType {
  return z.array(z.unknown(), { error: 'an array' }).check((payload) => {
    const { issues, value } = payload
    const parsed: unknown[] = []
    for (let index = 0; index < value.length && issues.length < MAX_DETAILS; index += 1) {
      const { data, error } = element.safeParse(value[index])
      parsed.push(data)
      // Zod accepts its own issues again, with another path.
      for (const issue of error?.issues ?? [])
        issues.push({ ...issue, path: [index, ...issue.path] } as z.core.$ZodRawIssue)
    }
    payload.value = parsed
  })
}

function withInitial(property: Property): z.ZodType {
  const schema = given(property)
  if (property.initial === undefined) return schema
  // An older document may have a client's own value under the name of a property that is computed now.
  const tolerant = property.computed === true && property.nullable ? schema.catch(property.initial) : schema
  return tolerant.default(property.initial)
}

function shape(properties: readonly Property[], toSchema: (property: Property) => z.ZodType): z.ZodRawShape {
  return Object.fromEntries(properties.map((property) => [property.name, toSchema(property)]))
}

function object(open: boolean, members: z.ZodRawShape): z.ZodObject {
  return open ? z.looseObject(members, AN_OBJECT) : z.strictObject(members, AN_OBJECT)
}

function element({ type }: Property): z.ZodType {
  if (type.kind === 'primitive') return primitive(type)
  if (type.kind === 'enum') return enumeration(type)
  const members = shape([...type.properties.values()], member)
  const schema = object(type.open, { ...odataType(type.name), ...members })
  return type.redact === undefined ? schema : schema.overwrite(type.redact)
}

function member(property: Property): z.ZodType {
  const schema = given(property).optional()
  return property.writeOnly === true ? schema.overwrite(() => undefined) : schema
}

function enumeration({ members, hidden }: EnumType): z.ZodType {
  const known = members.filter((name) => name !== UNKNOWN_FUTURE_VALUE && !hidden.includes(name))
  return z.enum(members, { error: `one of ${known.map((name) => `'${name}'`).join(', ')}` })
}

function primitive({ name, minLength, maxLength, minimum, guid, redact }: PrimitiveType): z.ZodType {
  if (name === 'Edm.Guid' || guid === 'always')
    return z.guid({ error: 'a GUID (8-4-4-4-12 hexadecimal digits)' }).toLowerCase()
  if (name === 'Edm.Boolean') return z.boolean({ error: 'true or false' })
  if (name === 'Edm.Int32') return int32(minimum ?? 0)
  if (name === 'Edm.DateTimeOffset') return dateTime()
  if (minLength !== undefined && maxLength !== undefined) {
    const error = `a string of ${minLength} to ${maxLength} characters`
    const text = z.string({ error }).min(minLength).max(maxLength)
    return guid === 'lowerCase' ? text.overwrite((value) => (isGuid(value) ? value.toLowerCase() : value)) : text
  }
  const string = z.string({ error: 'a string' })
  return redact === undefined ? string : string.overwrite(redact)
}

function int32(minimum: number): z.ZodType {
  const error = `a whole number from ${minimum} to ${INT32_MAX}`
  return z.int({ error }).min(minimum).max(INT32_MAX)
}

function dateTime(): z.ZodType {
  const error = 'a date and time like 2026-11-23T10:55:47Z'
  return z.string({ error }).check((payload) => {
    const parsed = parseDateTimeOffset(payload.value)
    if (parsed === undefined) payload.issues.push({ code: 'custom', message: error, input: payload.value })
    else payload.value = parsed
  })
}

// The spellings of a type's name that a request may use: with or without `#`, in either namespace.
function odataType(name: string): z.ZodRawShape {
  const names = ['microsoft.graph', 'microsoft.management.services.api'].flatMap((space) => [
    `${space}.${name}`,
    `#${space}.${name}`,
  ])
  const schema = z.enum(names, { error: `'microsoft.graph.${name}', or absent` })
  return { '@odata.type': schema.optional().overwrite(() => undefined) }
}
