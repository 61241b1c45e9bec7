/** The primitive types of the Entity Data Model that this service uses. */
export type PrimitiveName = 'Edm.Guid' | 'Edm.String' | 'Edm.Boolean' | 'Edm.Int32' | 'Edm.DateTimeOffset'

/** A primitive type, and the bounds of its values: characters of a string, least value of a number. */
export interface PrimitiveType {
  readonly kind: 'primitive'
  readonly name: PrimitiveName
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  /** A string in the form of a GUID: always so, or stored in lower case where it has that form. */
  readonly guid?: 'always' | 'lowerCase'
  /** Replaces the secrets of a valid value before it is stored. */
  readonly redact?: (value: string) => string
}

/** An enumeration; members in the order of their numbers. `hidden`: shown only to clients that ask for them. */
export interface EnumType {
  readonly kind: 'enum'
  readonly name: string
  readonly members: readonly string[]
  readonly hidden: readonly string[]
}

/** Properties by name, in the order in which they are serialized. An open type keeps others as they came. */
export interface Structure {
  readonly open: boolean
  readonly properties: ReadonlyMap<string, Property>
  /** Declared names by lower-case name: the case of a name does not matter. */
  readonly spellings: ReadonlyMap<string, string>
}

/** A complex type. */
export interface ComplexType extends Structure {
  readonly kind: 'complex'
  readonly name: string
  /** True where answers do not name the type. */
  readonly unannotated?: true
  /** Replaces the secrets of a valid value before it is stored. */
  readonly redact?: (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
}

export type EdmType = PrimitiveType | EnumType | ComplexType

/** The options of a property. */
export interface PropertyOptions {
  /** One sentence on what the property is for. */
  readonly describe?: string
  /** It can be a term of `$filter`. */
  readonly filter?: true
  /** It can be the property of `$orderby`. */
  readonly order?: true
  /** The service sets it; what a client sends is ignored (OData 4.01 part 1, 11.4.2). */
  readonly computed?: true
  /** Set on create and never changed; a PATCH that would change it is refused. */
  readonly immutable?: true
  /** It must be the tenant of the caller's token. */
  readonly tenant?: true
  /**
   * A collection that is null where it is not known. Only a value that is computed for an answer can be. To OData a
   * collection is never null, and CSDL has no word for one that is: there the description of the property says it.
   */
  readonly knownAtTimes?: true
  /** The value of a property that was not given. A property of a resource is required where this is absent. */
  readonly initial?: unknown
}

/** A property as it is declared; its name is its key in the declarations. */
export interface PropertyDeclaration extends PropertyOptions {
  readonly type: EdmType
  readonly collection: boolean
  readonly nullable: boolean
  /** It is checked and then dropped: never stored, never answered. */
  readonly writeOnly?: true
}

/** A property of a resource or of a complex type. */
export interface Property extends PropertyDeclaration {
  readonly name: string
}

/** Declarations by name. */
export type Declarations = Readonly<Record<string, PropertyDeclaration>>

/** The structure of these declarations. */
export function toStructure(open: boolean, declarations: Declarations): Structure {
  const names = Object.keys(declarations)
  return {
    open,
    properties: new Map(Object.entries(declarations).map(([name, property]) => [name, { ...property, name }])),
    spellings: new Map(names.map((name) => [name.toLowerCase(), name])),
  }
}

/** The property of this name, in any case. */
export function findProperty({ properties, spellings }: Structure, name: string): Property | undefined {
  return properties.get(name) ?? properties.get(spellings.get(name.toLowerCase()) ?? '')
}

/** The most elements in the collection of a declared property. */
export const MAX_ELEMENTS = 10_000

// An OData name (4.01 CSDL, 15.2), but not with a leading underscore: those names are internal.
const IDENTIFIER = /^\p{L}[\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u

/** Whether a dynamic property may have this name: a letter, then letters, digits and underscores, 128 at most. */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name)
}

/** Whether a property must be given, and not as null. */
export function isRequired({ nullable, initial }: PropertyDeclaration): boolean {
  return !nullable && initial === undefined
}
