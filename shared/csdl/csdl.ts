import type { JsonObject } from '../basics/isObject'
import { containerAnnotations, REFERENCES } from '../description/capabilities'
import { edmTypes, GRAPH, structuralProperties } from '../description/edmTypes'
import { type Api, type Operation, resourcesOf, returnedBy } from '../description/operation'
import { restrictions, UNREADABLE } from '../description/restrictions'
import type { Resource } from '../schemas/resource'
import { isContained, navigationOf, type Segment } from './containment'

const CONTAINER = 'GraphService'

/**
 * The Entity Data Model as CSDL 4.0 in its JSON form (docs.oasis-open.org/odata/odata-csdl-json/v4.01); `toCsdlXml`
 * makes the XML form.
 */
export function toCsdl(api: Api): JsonObject {
  const { operations } = api
  const resources = resourcesOf(operations)
  const schemas = new Map<string, Record<string, unknown>>([[GRAPH, {}]])
  const add = (namespace: string, name: string, element: JsonObject): void => {
    const schema = schemas.get(namespace) ?? {}
    schema[name] = element
    schemas.set(namespace, schema)
  }
  for (const resource of resources) add(resource.namespace, resource.name, entityType(resource))
  for (const [name, type] of edmTypes([...resources, returnedBy(operations)])) add(GRAPH, name, type)
  for (const [name, type] of parentTypes(resources, operations)) add(GRAPH, name, type)
  // Functions may be called by their names alone.
  schemas.set(GRAPH, { ...schemas.get(GRAPH), ...functions(operations), '@Core.DefaultNamespace': true })
  add(GRAPH, CONTAINER, container(resources, api))
  return {
    $Version: '4.0',
    $EntityContainer: `${GRAPH}.${CONTAINER}`,
    $Reference: REFERENCES,
    ...Object.fromEntries([...schemas].reverse()),
  }
}

function entityType(resource: Resource): JsonObject {
  const { open, describe, properties, navigations = {} } = resource
  const links = Object.entries(navigations).map(([name, { describe, target }]) => [
    name,
    {
      ...{ $Kind: 'NavigationProperty', $Type: typeName(target), $Collection: true },
      '@Core.Description': describe,
    },
  ])
  return {
    $Kind: 'EntityType',
    $Key: ['id'],
    ...(open ? { $OpenType: true } : {}),
    '@Core.Description': describe,
    ...structuralProperties(properties),
    ...Object.fromEntries(links),
  }
}

// The functions that are bound to an entity, each with its only overload.
function functions(operations: readonly Operation[]): JsonObject {
  const bound = operations.filter(({ verb }) => verb.isFunction === true)
  return Object.fromEntries(
    bound.map(({ resource, verb: { name, describe, returns } }) => [
      name,
      [
        {
          ...{ $Kind: 'Function', $IsBound: true },
          $Parameter: [{ $Name: 'bindingParameter', $Type: typeName(resource) }],
          $ReturnType: { $Type: returns?.type.kind === 'complex' ? `${GRAPH}.${returns.type.name}` : 'Edm.String' },
          '@Core.Description': describe,
        },
      ],
    ]),
  )
}

function typeName({ namespace, name }: Resource): string {
  return `${namespace}.${name}`
}

// Each of them leads to the entities of a set.
function bindings({ navigations = {} }: Resource): JsonObject {
  const targets = Object.entries(navigations).map(([name, { target }]) => [name, target.route])
  return targets.length === 0 ? {} : { $NavigationPropertyBinding: Object.fromEntries(targets) }
}

const KEY: JsonObject = { '@Core.Computed': true }

// The types that contain a resource. Only their navigation properties are known.
function parentTypes(resources: readonly Resource[], operations: readonly Operation[]): Map<string, JsonObject> {
  const types = new Map<string, Record<string, unknown>>()
  for (const resource of resources.filter(isContained)) {
    const segments = navigationOf(resource)
    for (const [index, segment] of segments.slice(0, -1).entries()) {
      const next = segments[index + 1]
      if (next === undefined) continue
      const known = types.get(segment.type) ?? typeOf(segment)
      known[next.name] ??= navigation(next, resource, operations)
      types.set(segment.type, known)
    }
  }
  return types
}

function typeOf({ isCollection }: Segment): Record<string, unknown> {
  return { $Kind: 'EntityType', ...(isCollection ? { $Key: ['id'], id: KEY } : {}) }
}

function navigation({ type, isLast }: Segment, resource: Resource, operations: readonly Operation[]): JsonObject {
  return {
    $Kind: 'NavigationProperty',
    $Type: isLast ? `${resource.namespace}.${resource.name}` : `${GRAPH}.${type}`,
    $Collection: true,
    $ContainsTarget: true,
    ...(isLast ? restrictions(resource, operations) : UNREADABLE),
  }
}

function container(resources: readonly Resource[], api: Api): JsonObject {
  const members: Record<string, unknown> = { $Kind: 'EntityContainer', ...containerAnnotations(api) }
  for (const resource of resources) {
    const type = `${resource.namespace}.${resource.name}`
    const [first] = navigationOf(resource)
    if (first === undefined) continue
    if (!isContained(resource)) {
      members[first.name] = {
        $Collection: true,
        $Type: type,
        ...bindings(resource),
        '@Core.OptimisticConcurrency': [],
        ...restrictions(resource, api.operations),
      }
    } else if (first.isCollection) members[first.name] = unreadable(`${GRAPH}.${first.type}`)
    else
      members[first.name] = { $Type: `${GRAPH}.${first.type}`, '@Capabilities.ReadRestrictions': { Readable: false } }
    // Graph documents a context URL of a create that names another set; it can be resolved here.
    const documented = contextSet(resource)
    if (documented !== undefined) members[documented] = unreadable(type)
  }
  return members
}

function unreadable(type: string): JsonObject {
  return { $Collection: true, $Type: type, $IncludeInServiceDocument: false, ...UNREADABLE }
}

function contextSet({ createdContext }: Resource): string | undefined {
  return /#(\w+)$/.exec(createdContext ?? '')?.[1]
}
