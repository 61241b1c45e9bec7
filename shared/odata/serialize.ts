import { isObject, type JsonObject } from '../basics/isObject'
import type { ComplexType, Property, Structure } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { isInternal } from '../schemas/storeNames'
import { UNKNOWN_FUTURE_VALUE } from '../schemas/types'

/** How an answer is to look. */
export interface Style {
  /** `none` leaves out every annotation but nextLink and count. */
  readonly metadata: 'minimal' | 'none'
  /** The client knows the hidden members of evolvable enumerations. */
  readonly includeUnknownEnumMembers: boolean
  /** Names of the properties asked for; undefined for all. */
  readonly select?: ReadonlySet<string> | undefined
}

/**
 * An entity as it is answered, as JSON: annotations, then the documented properties in their order, then the dynamic
 * ones. `document` has been checked; internal names in it are left out. `tag` is its ETag.
 */
export function serializeEntity(
  resource: Resource,
  document: JsonObject,
  tag: string,
  style: Style,
  context?: string,
): string {
  const documented: Members = {}
  for (const property of resource.properties.values()) {
    const { name } = property
    if (style.select?.has(name) !== false) documented[name] = toAnswer(document[name] ?? null, property, style)
  }
  const annotations = JSON.stringify(annotationsOf(resource, tag, style, context))
  const annotated = joinObjects(annotations, JSON.stringify(documented))
  return resource.open ? joinObjects(annotated, JSON.stringify(dynamicMembers(document, resource, style))) : annotated
}

/** Two JSON objects as one, all as text: in one object JavaScript would put names that are whole numbers first. */
export function joinObjects(first: string, second: string): string {
  if (first === '{}') return second
  return second === '{}' ? first : `${first.slice(0, -1)},${second.slice(1)}`
}

type Members = Record<string, unknown>

function annotationsOf(resource: Resource, tag: string, style: Style, context: string | undefined): Members {
  if (style.metadata === 'none') return {}
  const annotations = { '@odata.type': `#${resource.namespace}.${resource.name}`, '@odata.etag': tag }
  return context === undefined ? annotations : { '@odata.context': context, ...annotations }
}

function toAnswer(value: unknown, { type }: Property, style: Style): unknown {
  if (type.kind === 'complex') return complexToAnswer(value, type, style)
  const isHidden = type.kind === 'enum' && typeof value === 'string' && type.hidden.includes(value)
  return isHidden && !style.includeUnknownEnumMembers ? UNKNOWN_FUTURE_VALUE : value
}

function complexToAnswer(value: unknown, type: ComplexType, style: Style): unknown {
  if (Array.isArray(value)) return value.map((element) => complexToAnswer(element, type, style))
  if (!isObject(value)) return value
  const isAnnotated = style.metadata === 'minimal' && type.unannotated !== true
  const answer: Members = isAnnotated ? { '@odata.type': `microsoft.graph.${type.name}` } : {}
  for (const name of Object.keys(value)) {
    const member = value[name]
    // What parsing dropped, like a write-only member, is left as undefined.
    if (member === undefined) continue
    const property = type.properties.get(name)
    if (property !== undefined) answer[name] = toAnswer(member, property, style)
    else if (type.open) answer[name] = dynamicToAnswer(member, style)
  }
  return answer
}

function dynamicMembers(document: JsonObject, { properties }: Structure, style: Style): Members {
  const dynamic: Members = {}
  for (const name of Object.keys(document)) {
    if (properties.has(name) || isInternal(name) || style.select?.has(name) === false) continue
    dynamic[name] = dynamicToAnswer(document[name], style)
  }
  return dynamic
}

// What a client put into a dynamic property is given back as it was sent, unless it asked for no annotations.
function dynamicToAnswer(value: unknown, style: Style): unknown {
  if (style.metadata === 'minimal' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => dynamicToAnswer(element, style))
  const members = Object.entries(value).filter(([name]) => !name.includes('@odata.'))
  return Object.fromEntries(members.map(([name, member]) => [name, dynamicToAnswer(member, style)]))
}
