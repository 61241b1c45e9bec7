import { toDateTimeOffset } from './dateTimeOffset'
import { modelOf, type Property } from './model'
import type { Members } from './problems'
import type { Resource } from './resource'

/** What the service itself sets on a new entity. */
export interface Origin {
  readonly id: string
  readonly now: Date
}

const computedValue = ({ name, type, initial }: Property, { id, now }: Origin): unknown => {
  if (name === 'id') return id
  return type.kind === 'primitive' && type.name === 'Edm.DateTimeOffset' ? toDateTimeOffset(now) : initial
}

/** The properties of a new entity, with the computed ones. */
export const complete = (resource: Resource, properties: Members, origin: Origin): Members => {
  const completed: Record<string, unknown> = { ...properties }
  for (const property of modelOf(resource).computed) completed[property.name] = computedValue(property, origin)
  return completed
}
