import { isObject, type JsonObject } from '../basics/isObject'

// Values that are strings in the JSON form but not in the XML form: property paths and enumeration members.
const PATHS = new Set(['NonFilterableProperties', 'NonSortableProperties', 'GroupableProperties'])
const ENUMERATIONS: Readonly<Record<string, string>> = {
  Rollup: 'Org.OData.Aggregation.V1.RollupType',
  'Core.Permissions': 'Org.OData.Core.V1.Permission',
  'Capabilities.ConformanceLevel': 'Org.OData.Capabilities.V1.ConformanceLevelType',
}

/** An XML element; children are already XML. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[] = [],
): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  const start = `<${name}${given.join('')}`
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`
}

/** An attribute, omitted where it has no value. */
export function attribute(name: string, value: unknown): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [name]: String(value) }
}

/** The annotations of a part of a model. */
export function annotationsOf(target: JsonObject): string[] {
  const annotations = Object.entries(target).filter(([name]) => name.startsWith('@'))
  return annotations.map(([name, value]) => {
    const term = name.slice(1)
    return expression('Annotation', { Term: term }, term, value)
  })
}

function expression(name: string, attributes: Readonly<Record<string, string>>, key: string, value: unknown): string {
  if (Array.isArray(value)) {
    return element(name, attributes, [
      element(
        'Collection',
        {},
        value.map((item) => itemOf(key, item)),
      ),
    ])
  }
  if (isObject(value)) return element(name, attributes, [recordOf(value)])
  return element(name, { ...attributes, ...constant(key, value) })
}

function itemOf(key: string, value: unknown): string {
  if (isObject(value)) return recordOf(value)
  return `<${PATHS.has(key) ? 'PropertyPath' : 'String'}>${escapeXml(String(value))}</${PATHS.has(key) ? 'PropertyPath' : 'String'}>`
}

function recordOf(record: JsonObject): string {
  const values = Object.entries(record).map(([key, value]) =>
    expression('PropertyValue', { Property: key }, key, value),
  )
  return element('Record', {}, values)
}

function constant(key: string, value: unknown): Readonly<Record<string, string>> {
  const enumeration = ENUMERATIONS[key]
  if (enumeration !== undefined) return { EnumMember: `${enumeration}/${value}` }
  if (typeof value === 'boolean') return { Bool: String(value) }
  return typeof value === 'number' ? { Int: String(value) } : { String: String(value) }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
