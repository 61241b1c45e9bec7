import { toDateTimeOffset } from './dateTimeOffset'
import { modelOf, type Property } from './model'
import type { Members } from './problems'
import type { Resource } from './resource'

/** What the service itself sets on a new entity. */
export interface Origin {
  readonly id: string
  readonly now: Date
}

const computedValue = ({ name, type, initial }: Property, id: string, now: string): unknown => {
  if (name === 'id') return id
  return type.kind === 'primitive' && type.name === 'Edm.DateTimeOffset' ? now : initial
}

/**
 * The document of a new entity: `own`, the computed properties and, where neither has such a name, `properties`.
 * It grows from an empty object, as one that grows from a spread takes twenty times as long on Node 20.
 */
export const complete = (resource: Resource, properties: Members, { id, now }: Origin, own: Members): Members => {
  const document: Record<string, unknown> = {}
  Object.assign(document, own)
  const instant = toDateTimeOffset(now)
  for (const property of modelOf(resource).computed) document[property.name] = computedValue(property, id, instant)
  for (const name of Object.keys(properties)) {
    if (!Object.hasOwn(document, name)) document[name] = properties[name]
  }
  return document
}
