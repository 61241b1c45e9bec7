import * as z from 'zod'

/** What Graph's type system says of a property beyond its JSON shape. */
export interface PropertyRule {
  /** The service sets it; what a client sends is ignored (OData 4.01 part 1, 11.4.2). */
  readonly computed?: true
  /** Set on create and never changed; a PATCH that would change it is refused. */
  readonly immutable?: true
  /** It must be the tenant of the caller's token. */
  readonly tenant?: true
  /** It may be a term of `$filter`. */
  readonly filter?: true
  /** It may be the property of `$orderby`. */
  readonly order?: true
}

/** The rules of each property. Register after wrapping: a registry remembers instances. */
export const rules = z.registry<PropertyRule>()

/** The primitive types of the Entity Data Model that this service uses. */
export type Primitive = 'Edm.Guid' | 'Edm.String' | 'Edm.Boolean' | 'Edm.Int32' | 'Edm.DateTimeOffset'

/** The type behind a schema: a primitive, an enumeration, or a complex type. */
export type EdmType =
  | { readonly kind: 'primitive'; readonly name: Primitive }
  | { readonly kind: 'enum'; readonly members: readonly string[]; readonly hidden: readonly string[] }
  | { readonly kind: 'complex'; readonly name: string; readonly open: boolean; readonly writeOnly: readonly string[] }

/** The type of each schema that `types.ts` makes. */
export const edmTypes = z.registry<EdmType>()
