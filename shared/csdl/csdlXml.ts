import { isObject, type JsonObject } from '../basics/isObject'
import { annotationsOf, attribute, element } from './csdlAnnotations'

/** CSDL in its XML form (docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part3-csdl), made from the JSON form. */
export function toCsdlXml(csdl: JsonObject): string {
  const references = entries(csdl.$Reference).map(([uri, reference]) => toReference(uri, reference))
  const schemas = entries(csdl)
    .filter(([name]) => !name.startsWith('$'))
    .map(([namespace, schema]) => toSchema(namespace, schema, String(csdl.$EntityContainer)))
  const services = element('edmx:DataServices', {}, schemas)
  const edmx = { 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx', Version: String(csdl.$Version) }
  return `<?xml version="1.0" encoding="utf-8"?>\n${element('edmx:Edmx', edmx, [...references, services])}\n`
}

function entries(value: unknown): [string, JsonObject][] {
  const members = isObject(value) ? Object.entries(value) : []
  return members.filter((entry): entry is [string, JsonObject] => isObject(entry[1]) && !entry[0].startsWith('@'))
}

function toReference(uri: string, { $Include }: JsonObject): string {
  const includes = Array.isArray($Include) ? $Include : []
  const children = includes.map(({ $Namespace, $Alias }) =>
    element('edmx:Include', { Namespace: $Namespace, Alias: $Alias }),
  )
  // Vocabularies come in both forms.
  return element('edmx:Reference', { Uri: uri.replace(/\.json$/, '.xml') }, children)
}

function toSchema(namespace: string, schema: JsonObject, container: string): string {
  const children = entries(schema).map(([name, member]) =>
    `${namespace}.${name}` === container ? toContainer(name, member) : toType(name, member),
  )
  const functions = Object.entries(schema).flatMap(([name, overloads]) => toFunctions(name, overloads))
  const all = [...children, ...functions, ...annotationsOf(schema)]
  return element('Schema', { xmlns: 'http://docs.oasis-open.org/odata/ns/edm', Namespace: namespace }, all)
}

function toType(name: string, type: JsonObject): string {
  const { $Kind, $OpenType } = type
  const open = $OpenType === true ? { OpenType: 'true' } : {}
  const members =
    $Kind === 'EnumType' ? enumMembers(type) : entries(type).map(([key, member]) => toProperty(key, member))
  return element(String($Kind), { Name: name, ...open }, [...keyOf(type), ...members, ...annotationsOf(type)])
}

function toFunctions(name: string, overloads: unknown): string[] {
  if (!Array.isArray(overloads)) return []
  return overloads.filter(isObject).map((overload) => {
    const parameters = Array.isArray(overload.$Parameter) ? overload.$Parameter.filter(isObject) : []
    const children = parameters.map(({ $Name, $Type }) =>
      element('Parameter', { Name: String($Name), Type: String($Type), Nullable: 'false' }),
    )
    const returned = isObject(overload.$ReturnType) ? String(overload.$ReturnType.$Type) : ''
    const returns = element('ReturnType', { Type: returned, Nullable: 'false' })
    return element('Function', { Name: name, IsBound: 'true' }, [...children, returns, ...annotationsOf(overload)])
  })
}

function enumMembers(type: JsonObject): string[] {
  const members = Object.entries(type).filter(([, value]) => typeof value === 'number')
  return members.map(([name, value]) => element('Member', { Name: name, Value: String(value) }))
}

function keyOf({ $Key }: JsonObject): string[] {
  if (!Array.isArray($Key)) return []
  return [
    element(
      'Key',
      {},
      $Key.map((name) => element('PropertyRef', { Name: String(name) })),
    ),
  ]
}

function toProperty(name: string, property: JsonObject): string {
  const { $Kind, $Nullable, $Collection, $ContainsTarget, $MaxLength, $Precision } = property
  const isNavigation = $Kind === 'NavigationProperty'
  const attributes = {
    Name: name,
    Type: typeName(property),
    // What is not said is nullable in XML; a collection of entities can be neither.
    ...($Nullable === true || (isNavigation && $Collection === true) ? {} : { Nullable: 'false' }),
    ...attribute('MaxLength', $MaxLength),
    ...attribute('Precision', $Precision),
    ...attribute('ContainsTarget', $ContainsTarget),
  }
  return element(isNavigation ? 'NavigationProperty' : 'Property', attributes, annotationsOf(property))
}

function typeName({ $Type = 'Edm.String', $Collection }: JsonObject): string {
  return $Collection === true ? `Collection(${$Type})` : String($Type)
}

function toContainer(name: string, container: JsonObject): string {
  const children = entries(container).map(([key, member]) => toContainerMember(key, member))
  return element('EntityContainer', { Name: name }, [...children, ...annotationsOf(container)])
}

function toContainerMember(name: string, member: JsonObject): string {
  const { $Collection, $Type, $IncludeInServiceDocument, $NavigationPropertyBinding } = member
  const bindings = Object.entries(isObject($NavigationPropertyBinding) ? $NavigationPropertyBinding : {})
  const children = [
    ...bindings.map(([path, target]) => element('NavigationPropertyBinding', { Path: path, Target: String(target) })),
    ...annotationsOf(member),
  ]
  if ($Collection !== true) return element('Singleton', { Name: name, Type: String($Type) }, children)
  const attributes = {
    Name: name,
    EntityType: String($Type),
    ...attribute('IncludeInServiceDocument', $IncludeInServiceDocument),
  }
  return element('EntitySet', attributes, children)
}
