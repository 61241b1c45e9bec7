import type { JsonObject } from '../basics/isObject'
import { toDateTimeOffset } from '../schemas/dateTimeOffset'
import type { Property } from '../schemas/property'
import type { Resource } from '../schemas/resource'

/** What the service itself sets on a new entity. */
export interface Origin {
  readonly id: string
  readonly now: Date
  /** Who creates it, as an identitySet. */
  readonly by: JsonObject
}

/**
 * The document of a new entity: `own`, the computed properties and, where neither has such a name, `properties`.
 * It starts from an empty object, because adding to one made by a spread takes twenty times as long on Node 20.
 */
export function newDocument(resource: Resource, properties: JsonObject, origin: Origin, own: JsonObject): JsonObject {
  const document: Record<string, unknown> = {}
  Object.assign(document, own)
  const now = toDateTimeOffset(origin.now)
  for (const property of resource.computed) document[property.name] = computedValue(property, origin, now)
  for (const name of Object.keys(properties)) {
    if (!Object.hasOwn(document, name)) document[name] = properties[name]
  }
  return document
}

function computedValue({ name, type, initial }: Property, { id, by }: Origin, now: string): unknown {
  if (name === 'id') return id
  if (type.kind === 'complex') return by
  return type.kind === 'primitive' && type.name === 'Edm.DateTimeOffset' ? now : initial
}
