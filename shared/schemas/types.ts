import {
  type ComplexType,
  type Declarations,
  type EdmType,
  type PrimitiveName,
  type PrimitiveType,
  type PropertyDeclaration,
  type PropertyOptions,
  toStructure,
} from './property'

/** The largest Edm.Int32; the smallest is one less than its negative. */
export const INT32_MAX = 2147483647
export const INT32_MIN = -2147483648

/** The member of an evolvable enumeration that stands for all members that a client does not know. */
export const UNKNOWN_FUTURE_VALUE = 'unknownFutureValue'

/** Edm.Guid: any case in, lower case stored. */
export function guid(options: PropertyOptions = {}): PropertyDeclaration {
  return primitive('Edm.Guid', {}, options)
}

/**
 * Edm.String of any length, stored unchanged (see `text` for 1 to 256 characters). `redact` replaces the secrets in it
 * first.
 */
export function string(options: PropertyOptions & Pick<PrimitiveType, 'redact'> = {}): PropertyDeclaration {
  const { redact, ...rest } = options
  return primitive('Edm.String', redact === undefined ? {} : { redact }, rest)
}

/** Edm.String of 1 to 256 characters. */
export function text(options: PropertyOptions = {}): PropertyDeclaration {
  return primitive('Edm.String', { minLength: 1, maxLength: 256 }, options)
}

/** Edm.String that holds the service's own GUID: the key of every entity, as Graph has it. */
export function id(options: PropertyOptions = {}): PropertyDeclaration {
  return primitive('Edm.String', { guid: 'always' }, { computed: true, filter: true, ...options })
}

/** Edm.String of 1 to 256 characters that refers to another entity: in lower case where it is a GUID. */
export function reference(options: PropertyOptions = {}): PropertyDeclaration {
  return primitive('Edm.String', { minLength: 1, maxLength: 256, guid: 'lowerCase' }, options)
}

/** Edm.Boolean. */
export function boolean(options: PropertyOptions = {}): PropertyDeclaration {
  return primitive('Edm.Boolean', {}, options)
}

/** Edm.Int32, at least `minimum`. */
export function int32(options: PropertyOptions & Pick<PrimitiveType, 'minimum'> = {}): PropertyDeclaration {
  const { minimum = INT32_MIN, ...rest } = options
  return primitive('Edm.Int32', { minimum }, rest)
}

/** Edm.DateTimeOffset, stored in UTC with seven fractional digits. */
export function dateTime(options: PropertyOptions = {}): PropertyDeclaration {
  return primitive('Edm.DateTimeOffset', {}, options)
}

/**
 * An enumeration, its members in the order of their numbers. Where `unknownFutureValue` is among them it is evolvable:
 * the members after it are hidden from clients that do not ask for them
 * (learn.microsoft.com/graph/best-practices-concept).
 */
export function enumeration(
  name: string,
  members: readonly [string, ...string[]],
  options: PropertyOptions = {},
): PropertyDeclaration {
  const sentinel = members.indexOf(UNKNOWN_FUTURE_VALUE)
  const hidden = sentinel < 0 ? [] : members.slice(sentinel + 1)
  return declare({ kind: 'enum', name, members, hidden }, options)
}

/** A closed complex type. All of its members are optional and nullable. */
export function complex(
  name: string,
  members: Declarations,
  options: PropertyOptions & ComplexOptions = {},
): PropertyDeclaration {
  const { redact, unannotated, ...rest } = options
  return declare(
    complexType(name, false, members, { ...(redact && { redact }), ...(unannotated && { unannotated }) }),
    rest,
  )
}

type ComplexOptions = Pick<ComplexType, 'redact' | 'unannotated'>

/** An open complex type: members that it does not know are kept as they came. */
export function openComplex(name: string, members: Declarations, options: PropertyOptions = {}): PropertyDeclaration {
  return declare(complexType(name, true, members, {}), options)
}

/** A collection whose elements are as `element` declares. */
export function collection(element: PropertyDeclaration, options: PropertyOptions = {}): PropertyDeclaration {
  return { ...element, ...options, collection: true }
}

/** An optional property: it has the value `initial` where it was not given, and null clears it. */
export function optional(declaration: PropertyDeclaration, initial: unknown = null): PropertyDeclaration {
  return { ...declaration, nullable: true, initial }
}

/** A member that is checked and then dropped: it is never stored and never answered. */
export function writeOnly(declaration: PropertyDeclaration): PropertyDeclaration {
  return { ...declaration, writeOnly: true }
}

function complexType(name: string, open: boolean, members: Declarations, options: ComplexOptions): ComplexType {
  const optionals = Object.entries(members).map(([key, member]) => [key, { ...member, nullable: true }] as const)
  return { kind: 'complex', name, ...toStructure(open, Object.fromEntries(optionals)), ...options }
}

function primitive(
  name: PrimitiveName,
  bounds: Omit<PrimitiveType, 'kind' | 'name'>,
  options: PropertyOptions,
): PropertyDeclaration {
  return declare({ kind: 'primitive', name, ...bounds }, options)
}

function declare(type: EdmType, options: PropertyOptions): PropertyDeclaration {
  return { type, collection: false, nullable: false, ...options }
}
