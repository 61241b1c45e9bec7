import { isGuid } from '../basics/guid'
import { isObject } from '../basics/isObject'
import { parseDateTimeOffset } from './dateTimeOffset'
import {
  type ComplexType,
  type EdmType,
  findProperty,
  type PrimitiveType,
  type Property,
  type Structure,
} from './property'
import { INT32_MAX } from './types'

type Check = (value: unknown) => boolean

/**
 * A check whether a document is exactly what its stored schema would make of it: nothing to fill in, to redact, or to
 * bring into its form. Where it says no, the schema has to say what is wrong, or to make it right. It copies nothing,
 * and takes a tenth of the time that the schema takes.
 */
export function toStoredCheck(structure: Structure): (document: Readonly<Record<string, unknown>>) => boolean {
  const { open, properties } = structure
  const members = [...properties.values()].map((property) => [property.name, toCheck(property)] as const)
  // What is another spelling of a declared property is not kept.
  const isSpelling = (name: string): boolean => !properties.has(name) && findProperty(structure, name) !== undefined
  return (document) =>
    members.every(([name, check]) => check(document[name])) && !(open && Object.keys(document).some(isSpelling))
}

function toCheck({ type, collection, nullable, initial, writeOnly }: Property): Check {
  if (writeOnly === true) return () => false
  const one = toElementCheck(type)
  const check: Check = collection ? (value) => Array.isArray(value) && value.every(one) : one
  // Null in the place of a collection is replaced by its initial value.
  return nullable && !(collection && initial !== undefined) ? (value) => value === null || check(value) : check
}

function toElementCheck(type: EdmType): Check {
  if (type.kind === 'complex') return toComplexCheck(type)
  if (type.kind === 'primitive') return toPrimitiveCheck(type)
  const members: ReadonlySet<unknown> = new Set(type.members)
  return (value) => members.has(value)
}

function toComplexCheck({ open, properties, redact }: ComplexType): Check {
  const checks = new Map([...properties.values()].map((property) => [property.name, toCheck(property)]))
  const isMember = (name: string, value: unknown): boolean => {
    const check = checks.get(name)
    return check === undefined ? open && name !== '@odata.type' && name !== '__proto__' : check(value)
  }
  return (value) => {
    if (!isObject(value)) return false
    for (const name of Object.keys(value)) if (!isMember(name, value[name])) return false
    return redact === undefined || isSame(redact(value), value)
  }
}

function isSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  return one === other || Object.keys(other).every((name) => one[name] === other[name])
}

// A date of a day that every month has: nothing has to be worked out.
const USUAL_DATE = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{7}Z$/

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

function toPrimitiveCheck({ name, minLength = 0, maxLength, minimum = 0, guid, redact }: PrimitiveType): Check {
  if (name === 'Edm.Guid' || guid === 'always') return (value) => typeof value === 'string' && GUID.test(value)
  if (name === 'Edm.Boolean') return (value) => typeof value === 'boolean'
  if (name === 'Edm.DateTimeOffset') {
    return (value) => typeof value === 'string' && (USUAL_DATE.test(value) || parseDateTimeOffset(value) === value)
  }
  if (name === 'Edm.Int32') {
    return (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= INT32_MAX
  }
  const longest = maxLength ?? Number.POSITIVE_INFINITY
  return (value) =>
    typeof value === 'string' &&
    value.length >= minLength &&
    value.length <= longest &&
    (guid !== 'lowerCase' || !isGuid(value) || value === value.toLowerCase()) &&
    (redact === undefined || redact(value) === value)
}
