import type { JsonObject } from '../basics/isObject'
import {
  type ComplexType,
  type EdmType,
  type EnumType,
  MAX_ELEMENTS,
  type Property,
  type Structure,
} from '../schemas/property'

/** The namespace of everything but the entity types that say otherwise. */
export const GRAPH = 'microsoft.graph'

/** The complex types and enumerations of some structures, by name, in CSDL. */
export function edmTypes(structures: readonly Structure[]): ReadonlyMap<string, JsonObject> {
  return new Map(
    [...namedTypes(structures)].map(([name, type]) => [
      name,
      type.kind === 'enum' ? enumType(type) : complexType(type),
    ]),
  )
}

/** The same as they are declared, each once, in the order in which properties name them. */
export function namedTypes(structures: readonly Structure[]): ReadonlyMap<string, ComplexType | EnumType> {
  const types = new Map<string, ComplexType | EnumType>()
  const collect = ({ properties }: Structure): void => {
    for (const { type } of properties.values()) {
      if (type.kind === 'primitive' || types.has(type.name)) continue
      types.set(type.name, type)
      if (type.kind === 'complex') collect(type)
    }
  }
  for (const structure of structures) collect(structure)
  return types
}

/** Properties in CSDL, by name. */
export function structuralProperties(properties: Structure['properties']): JsonObject {
  return Object.fromEntries([...properties].map(([name, property]) => [name, structuralProperty(property)]))
}

function structuralProperty(property: Property): JsonObject {
  const { type, collection, nullable, describe, computed, immutable, writeOnly } = property
  return {
    ...facets(type),
    ...(collection ? { $Collection: true } : {}),
    // A collection is never null, and neither are its elements.
    ...(nullable && !collection ? { $Nullable: true } : {}),
    ...(describe === undefined ? {} : { '@Core.Description': describe }),
    ...(computed === true ? { '@Core.Computed': true } : {}),
    ...(immutable === true ? { '@Core.Immutable': true } : {}),
    ...(writeOnly === true ? { '@Core.Permissions': 'Write' } : {}),
    ...(collection ? { '@Validation.MaxItems': MAX_ELEMENTS } : {}),
  }
}

// A type that is not named is Edm.String.
function facets(type: EdmType): JsonObject {
  if (type.kind !== 'primitive') return { $Type: `${GRAPH}.${type.name}` }
  return {
    ...(type.name === 'Edm.String' ? {} : { $Type: type.name }),
    ...(type.maxLength === undefined ? {} : { $MaxLength: type.maxLength }),
    // Seven digits of a second; without it the JSON form would mean none.
    ...(type.name === 'Edm.DateTimeOffset' ? { $Precision: 7 } : {}),
  }
}

function complexType({ open, properties }: ComplexType): JsonObject {
  return { $Kind: 'ComplexType', ...(open ? { $OpenType: true } : {}), ...structuralProperties(properties) }
}

function enumType({ members }: EnumType): JsonObject {
  return { $Kind: 'EnumType', ...Object.fromEntries(members.map((name, value) => [name, value])) }
}
