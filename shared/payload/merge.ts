import { isObject, type JsonObject } from '../basics/isObject'
import { toDateTimeOffset } from '../schemas/dateTimeOffset'
import type { Property, Structure } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { invalidPayload } from './details'

/** When a change is made, and by whom, as an identitySet. */
export interface Change {
  readonly now: Date
  readonly by: JsonObject
}

/**
 * An entity after a PATCH (OData 4.01 part 1, 11.4.3): what was sent replaces, complex values merge member by member,
 * collections and dynamic values are replaced whole, null clears an optional property and removes a dynamic one.
 */
export function merge(resource: Resource, current: JsonObject, changes: JsonObject, origin: Change): JsonObject {
  const lastModifiedDateTime = toDateTimeOffset(origin.now)
  return { ...mergeMembers(current, changes, resource), lastModifiedDateTime, lastModifiedBy: origin.by }
}

/** Throws `invalidPayload` where a PATCH would change an immutable property. */
export function refuseImmutable({ properties }: Resource, current: JsonObject, changes: JsonObject): void {
  const isChanged = ({ name, immutable }: Property): boolean =>
    immutable === true && changes[name] !== undefined && changes[name] !== current[name]
  const [first, ...rest] = [...properties.values()].filter(isChanged).map(({ name }) => ({
    code: 'propertyNotUpdateable' as const,
    target: name,
    message: `'${name}' cannot be changed.`,
  }))
  if (first !== undefined) throw invalidPayload([first, ...rest])
}

function mergeMembers(current: JsonObject, changes: JsonObject, { properties }: Structure): JsonObject {
  const merged: Record<string, unknown> = { ...current }
  for (const [name, value] of Object.entries(changes)) {
    // What parsing drops, like a write-only member, is left as undefined.
    if (value === undefined) continue
    const property = properties.get(name)
    if (property === undefined && value === null) delete merged[name]
    else merged[name] = mergeValue(current[name], value, property)
  }
  return merged
}

function mergeValue(before: unknown, value: unknown, property: Property | undefined): unknown {
  if (property?.type.kind !== 'complex' || property.collection) return value
  return isObject(value) && isObject(before) ? mergeMembers(before, value, property.type) : value
}
