import { toDateTimeOffset } from './dateTimeOffset'
import { modelOf, type Structure } from './model'
import { invalidPayload, type Members } from './problems'
import type { Resource } from './resource'

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mergeMembers = (current: Members, changes: Members, { properties }: Structure): Members => {
  const merged: Record<string, unknown> = { ...current }
  for (const [name, value] of Object.entries(changes)) {
    const property = properties.get(name)
    const before = current[name]
    const structure = property?.collection === false ? property.structure : undefined
    // What parsing drops, like a write-only member, is left behind as undefined.
    if (value === undefined) continue
    if (property === undefined && value === null) delete merged[name]
    else
      merged[name] =
        structure !== undefined && isObject(value) && isObject(before) ? mergeMembers(before, value, structure) : value
  }
  return merged
}

/**
 * An entity after a PATCH (OData 4.01 part 1, 11.4.3): what was sent replaces, complex values merge member by member,
 * collections and dynamic values are replaced whole, null clears an optional property and removes a dynamic one.
 */
export const merge = (resource: Resource, current: Members, changes: Members, now: Date): Members => ({
  ...mergeMembers(current, changes, modelOf(resource)),
  lastModifiedDateTime: toDateTimeOffset(now),
})

/** Throws `invalidPayload` where a PATCH would change what was set for good on create. */
export const refuseImmutable = (resource: Resource, current: Members, changes: Members): void => {
  const details = [...modelOf(resource).properties.values()]
    .filter(
      ({ name, rule }) => rule.immutable === true && changes[name] !== undefined && changes[name] !== current[name],
    )
    .map(({ name }) => ({
      code: 'propertyNotUpdateable' as const,
      target: name,
      message: `'${name}' cannot be changed.`,
    }))
  const [first, ...rest] = details
  if (first !== undefined) throw invalidPayload([first, ...rest])
}
