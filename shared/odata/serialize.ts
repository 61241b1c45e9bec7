import { isObject, type JsonObject } from '../basics/isObject'
import type { ComplexType, EdmType, EnumType, Property, Structure } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { isInternal } from '../schemas/storeNames'
import { UNKNOWN_FUTURE_VALUE } from '../schemas/types'

/** How an answer is serialized. */
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
  return entitySerializer(resource, style, context)(document, tag)
}

/**
 * What serializes entities of one resource in one style: for many of them, all that they have in common is made once.
 */
export function entitySerializer(
  resource: Resource,
  style: Style,
  context?: string,
): (document: JsonObject, tag: string) => string {
  const annotations = annotationsOf(resource, style, context)
  const selected = [...resource.properties.values()].filter(({ name }) => style.select?.has(name) !== false)
  const members = selected.map((property, index) => ({
    name: property.name,
    label: `${index === 0 && annotations === '' ? '' : ','}${JSON.stringify(property.name)}:`,
    write: writerOf(property, style),
  }))
  return (document, tag) => {
    let text = annotations === '' ? '' : annotations + JSON.stringify(tag)
    for (const { name, label, write } of members) text += label + write(document[name])
    const dynamic = resource.open ? dynamicMembers(document, resource, style) : undefined
    return dynamic === undefined ? `{${text}}` : joinObjects(`{${text}}`, JSON.stringify(dynamic))
  }
}

/** Joins two serialized JSON objects. A single JavaScript object would put names that are whole numbers first. */
export function joinObjects(first: string, second: string): string {
  if (first === '{}') return second
  return second === '{}' ? first : `${first.slice(0, -1)},${second.slice(1)}`
}

// The annotations up to the value of the last of them, which is the tag.
function annotationsOf(resource: Resource, { metadata }: Style, context: string | undefined): string {
  if (metadata === 'none') return ''
  const type = `"@odata.type":"#${resource.namespace}.${resource.name}","@odata.etag":`
  return context === undefined ? type : `"@odata.context":${JSON.stringify(context)},${type}`
}

// A value that was checked, as JSON; what is not there is null.
type Write = (value: unknown) => string

function writerOf({ type, collection }: Property, style: Style): Write {
  const one = elementWriter(type, style)
  if (!collection) return one
  if (type.kind === 'primitive') return writeAny
  return (value) => (Array.isArray(value) ? `[${value.map(one).join(',')}]` : 'null')
}

function elementWriter(type: EdmType, style: Style): Write {
  if (type.kind === 'complex') return complexWriter(type, style)
  if (type.kind === 'enum') return enumWriter(type, style)
  // The form of these two has nothing in it that JSON would escape.
  const isGuid = type.name === 'Edm.Guid' || type.guid === 'always'
  if (isGuid || type.name === 'Edm.DateTimeOffset') return writePlain
  return writeAny
}

function writePlain(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : 'null'
}

function writeAny(value: unknown): string {
  return JSON.stringify(value ?? null)
}

function enumWriter({ hidden }: EnumType, { includeUnknownEnumMembers }: Style): Write {
  if (includeUnknownEnumMembers) return writePlain
  return (value) => writePlain(typeof value === 'string' && hidden.includes(value) ? UNKNOWN_FUTURE_VALUE : value)
}

function complexWriter(type: ComplexType, style: Style): Write {
  const isAnnotated = style.metadata === 'minimal' && type.unannotated !== true
  const annotation = isAnnotated ? `"@odata.type":"microsoft.graph.${type.name}"` : ''
  const toMember = (property: Property) => ({
    label: `${JSON.stringify(property.name)}:`,
    write: writerOf(property, style),
  })
  const known = new Map([...type.properties.values()].map((property) => [property.name, toMember(property)]))
  return (value) => {
    if (!isObject(value)) return 'null'
    const parts = annotation === '' ? [] : [annotation]
    for (const name of Object.keys(value)) {
      const member = value[name]
      const property = known.get(name)
      // What parsing dropped, like a write-only member, is left as undefined.
      if (member === undefined) continue
      if (property !== undefined) parts.push(property.label + property.write(member))
      else if (type.open) parts.push(`${JSON.stringify(name)}:${JSON.stringify(dynamicToAnswer(member, style))}`)
    }
    return `{${parts.join(',')}}`
  }
}

function dynamicMembers(document: JsonObject, { properties }: Structure, style: Style): JsonObject | undefined {
  let dynamic: Record<string, unknown> | undefined
  for (const name of Object.keys(document)) {
    if (properties.has(name) || isInternal(name) || style.select?.has(name) === false) continue
    dynamic ??= {}
    dynamic[name] = dynamicToAnswer(document[name], style)
  }
  return dynamic
}

// The value of a dynamic property is answered as it was sent, unless the client asked for no annotations.
function dynamicToAnswer(value: unknown, style: Style): unknown {
  if (style.metadata === 'minimal' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => dynamicToAnswer(element, style))
  const members = Object.entries(value).filter(([name]) => !name.includes('@odata.'))
  return Object.fromEntries(members.map(([name, member]) => [name, dynamicToAnswer(member, style)]))
}
