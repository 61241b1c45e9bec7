import * as z from 'zod'
import { parseDateTimeOffset } from './dateTimeOffset'
import { edmTypes, type Primitive } from './rules'

// Each function makes a fresh schema, since registries remember instances. The text given as `error` completes
// the sentence "'name' must be …".

const primitive = <T extends z.ZodType>(schema: T, name: Primitive): T => {
  edmTypes.add(schema, { kind: 'primitive', name })
  return schema
}

/** Edm.Guid: any case in, lower case stored. */
export const guid = () =>
  primitive(z.guid({ error: 'a GUID (8-4-4-4-12 hexadecimal digits)' }).toLowerCase(), 'Edm.Guid')

/** Edm.String without limits, stored as it came. */
export const string = () => primitive(z.string({ error: 'a string' }), 'Edm.String')

/** Edm.String of 1 to 256 characters. */
export const text = () =>
  primitive(z.string({ error: 'a string of 1 to 256 characters' }).min(1).max(256), 'Edm.String')

/** Edm.Boolean. */
export const boolean = () => primitive(z.boolean({ error: 'true or false' }), 'Edm.Boolean')

const INT32_MIN = -2147483648
const INT32_MAX = 2147483647

/** Edm.Int32, at least `minimum`. */
export const int32 = (minimum = INT32_MIN) =>
  primitive(
    z
      .int({ error: `a whole number from ${minimum} to ${INT32_MAX}` })
      .min(minimum)
      .max(INT32_MAX),
    'Edm.Int32',
  )

/** Edm.DateTimeOffset, stored in UTC with seven fractional digits. */
export const dateTime = () => {
  const error = 'a date and time like 2026-11-23T10:55:47Z'
  const schema = z.string({ error }).check((payload) => {
    const parsed = parseDateTimeOffset(payload.value)
    if (parsed === undefined) payload.issues.push({ code: 'custom', message: error, input: payload.value })
    else payload.value = parsed
  })
  return primitive(schema, 'Edm.DateTimeOffset')
}

const SENTINEL = 'unknownFutureValue'

const oneOf = (members: readonly string[]): string => `one of ${members.map((member) => `'${member}'`).join(', ')}`

/**
 * An enumeration, its members in the order of their numbers. Where `unknownFutureValue` is among them it is evolvable:
 * the members behind it are hidden from clients that do not ask for them (learn.microsoft.com/graph/best-practices-concept).
 */
export const enumeration = <const T extends readonly [string, ...string[]]>(members: T) => {
  const sentinel = members.indexOf(SENTINEL)
  const hidden = sentinel < 0 ? [] : members.slice(sentinel + 1)
  const known = members.filter((member) => member !== SENTINEL && !hidden.includes(member))
  const schema = z.enum(members, { error: oneOf(known) })
  edmTypes.add(schema, { kind: 'enum', members, hidden })
  return schema
}

/** A collection; null is neither a member nor a collection. */
export const collection = <T extends z.ZodType>(element: T) => z.array(element, { error: 'an array' })

/** An optional property: null where it was not given, and cleared by null. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)

/** The spellings of a type's name that a request may use: with or without `#`, in either namespace. */
export const odataType = (name: string) =>
  z
    .enum(
      ['microsoft.graph', 'microsoft.management.services.api'].flatMap((space) => [
        `${space}.${name}`,
        `#${space}.${name}`,
      ]),
      { error: `'microsoft.graph.${name}', or absent` },
    )
    .optional()
    .overwrite(() => undefined)

/** A member that is checked and then dropped: it is never stored and never answered. */
export const writeOnly = <T extends z.ZodType>(schema: T) => schema.nullish().overwrite(() => undefined)

type Members<T extends z.ZodRawShape> = { [K in keyof T]: T[K] } & { '@odata.type': ReturnType<typeof odataType> }

const members = <T extends z.ZodRawShape>(name: string, shape: T): Members<T> => ({
  ...shape,
  '@odata.type': odataType(name),
})

const error = 'a JSON object'

interface ComplexOptions<V> {
  /** Names of the members that are never stored; no other member of the resource may bear such a name. */
  readonly writeOnly?: readonly string[]
  /** Replaces a valid value before it is stored. */
  readonly overwrite?: (value: V) => V
}

/** A closed complex type. Its members say themselves that they are optional and nullable. */
export const complex = <T extends z.ZodRawShape>(
  name: string,
  shape: T,
  options: ComplexOptions<z.output<z.ZodObject<Members<T>, z.core.$strict>>> = {},
) => {
  const plain = z.strictObject(members(name, shape), { error })
  const schema = options.overwrite === undefined ? plain : plain.overwrite(options.overwrite)
  edmTypes.add(schema, { kind: 'complex', name, open: false, writeOnly: options.writeOnly ?? [] })
  return schema
}

/** An open complex type: members that it does not know are kept as they came. */
export const openComplex = <T extends z.ZodRawShape>(name: string, shape: T) => {
  const schema = z.looseObject(members(name, shape), { error })
  edmTypes.add(schema, { kind: 'complex', name, open: true, writeOnly: [] })
  return schema
}

/** A path parameter of 1 to 256 characters, taken verbatim. Its error is a whole sentence. */
export const pathText = (name: string) => {
  const error = `'${name}' must be 1 to 256 characters, without '/' and control characters.`
  return (
    z
      .string({ error })
      .min(1)
      .max(256)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
      .regex(/^[^\u0000-\u001f\u007f-\u009f/]*$/)
      // The platform decodes a parameter once but leaves an encoded slash; a dot segment would not survive in a URL.
      .refine((value) => !/%2f/i.test(value) && value !== '.' && value !== '..', { error })
  )
}

/** The id of a GDAP relationship: two GUIDs joined by a hyphen. */
export const relationshipId = (name: string) =>
  z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, {
      error: `The passed in ${name} is invalid.`,
    })
    .toLowerCase()
