import { modelOf, type Property, type Structure } from '../schemas/model'
import type { Members } from '../schemas/problems'
import type { Resource } from '../schemas/resource'

/** How an answer is to look. */
export interface Style {
  /** `none` leaves out every annotation but nextLink and count. */
  readonly metadata: 'minimal' | 'none'
  /** The client knows the hidden members of evolvable enumerations. */
  readonly showHidden: boolean
  /** Names of the properties asked for; undefined for all. */
  readonly select?: ReadonlySet<string> | undefined
}

type Printed = Record<string, unknown>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// What a client put into a dynamic property is given back as it was sent, unless it asked for no annotations.
const printDynamic = (value: unknown, style: Style): unknown => {
  if (style.metadata === 'minimal' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => printDynamic(element, style))
  const members = Object.entries(value).filter(([name]) => !name.includes('@odata.'))
  return Object.fromEntries(members.map(([name, member]) => [name, printDynamic(member, style)]))
}

const printComplex = (value: unknown, structure: Structure, name: string, style: Style): unknown => {
  if (Array.isArray(value)) return value.map((element) => printComplex(element, structure, name, style))
  if (!isObject(value)) return value
  const printed: Printed = style.metadata === 'none' ? {} : { '@odata.type': `microsoft.graph.${name}` }
  for (const key of Object.keys(value)) {
    const member = value[key]
    // What parsing dropped, like a write-only member, is left behind as undefined.
    if (member === undefined) continue
    const property = structure.properties.get(key)
    if (property !== undefined) printed[key] = printValue(member, property, style)
    else if (structure.open) printed[key] = printDynamic(member, style)
  }
  return printed
}

const printValue = (value: unknown, { type, structure }: Property, style: Style): unknown => {
  if (type.kind === 'complex') return structure === undefined ? value : printComplex(value, structure, type.name, style)
  const isHidden = type.kind === 'enum' && typeof value === 'string' && type.hidden.includes(value)
  return isHidden && !style.showHidden ? 'unknownFutureValue' : value
}

const annotationsOf = (resource: Resource, tag: string, style: Style, context: string | undefined): Printed => {
  if (style.metadata === 'none') return {}
  const named = { '@odata.type': `#${resource.namespace}.${resource.name}`, '@odata.etag': tag }
  return context === undefined ? named : { '@odata.context': context, ...named }
}

/** Two JSON objects as one, all as text: in one object JavaScript would put names that are whole numbers first. */
export const joinObjects = (first: string, second: string): string => {
  if (first === '{}') return second
  return second === '{}' ? first : `${first.slice(0, -1)},${second.slice(1)}`
}

/**
 * An entity as it is answered, as JSON: annotations, then the documented properties in their order, then the dynamic
 * ones. `document` has been checked; names with an underscore are the store's and the service's own. `tag` is its ETag.
 */
export const printEntity = (
  resource: Resource,
  document: Members,
  tag: string,
  style: Style,
  context?: string,
): string => {
  const { properties, open } = modelOf(resource)
  const { select } = style
  const documented: Printed = {}
  for (const property of properties.values()) {
    const { name } = property
    if (select?.has(name) !== false) documented[name] = printValue(document[name] ?? null, property, style)
  }
  const annotated = joinObjects(
    JSON.stringify(annotationsOf(resource, tag, style, context)),
    JSON.stringify(documented),
  )
  return open ? joinObjects(annotated, JSON.stringify(dynamicOf(document, properties, style))) : annotated
}

const dynamicOf = (document: Members, properties: Structure['properties'], style: Style): Printed => {
  const dynamic: Printed = {}
  for (const name of Object.keys(document)) {
    if (properties.has(name) || name.startsWith('_') || style.select?.has(name) === false) continue
    dynamic[name] = printDynamic(document[name], style)
  }
  return dynamic
}
