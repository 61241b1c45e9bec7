import type { JsonObject } from '../basics/isObject'
import { CASINGS, MATCHES } from '../filter/filterParser'
import { groupable } from '../odata/apply'
import { orderable } from '../odata/listOptions'
import type { Structure } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { has, type Operation } from './operation'

/** Name of the security scheme that permissions belong to, here and in OpenAPI. */
export const SCHEME = 'entra'

/** The restrictions of a collection that only leads to another one. */
export const UNREADABLE: JsonObject = {
  '@Capabilities.ReadRestrictions': { Readable: false },
  '@Capabilities.FilterRestrictions': { Filterable: false },
  '@Capabilities.SortRestrictions': { Sortable: false },
  '@Capabilities.CountRestrictions': { Countable: false },
  '@Capabilities.TopSupported': false,
  '@Capabilities.SkipSupported': false,
  '@Capabilities.ExpandRestrictions': { Expandable: false },
  '@Capabilities.SearchRestrictions': { Searchable: false },
  '@Capabilities.InsertRestrictions': { Insertable: false },
  '@Capabilities.UpdateRestrictions': { Updatable: false },
  '@Capabilities.DeleteRestrictions': { Deletable: false },
}

/** What a collection supports and what it does not. Anything not stated counts as supported. */
export function restrictions(resource: Resource, operations: readonly Operation[]): JsonObject {
  const { read, write } = resource.permissions
  const can = (verb: string): boolean => has(operations, resource, verb)
  const properties = [...resource.properties.keys()]
  const sortable = orderable(resource)
  return {
    '@Capabilities.ReadRestrictions': { Readable: can('list'), Permissions: permissions(read, write) },
    '@Capabilities.FilterRestrictions': {
      Filterable: true,
      NonFilterableProperties: unfilterable(resource, filterPaths(resource)),
    },
    '@Capabilities.FilterFunctions': [...MATCHES, ...CASINGS],
    '@Capabilities.SortRestrictions': {
      Sortable: true,
      NonSortableProperties: properties.filter((name) => !sortable.includes(name)),
    },
    '@Capabilities.CountRestrictions': { Countable: can('count') },
    '@Capabilities.TopSupported': true,
    '@Capabilities.SkipSupported': false,
    '@Aggregation.ApplySupported': {
      Transformations: ['filter', 'compute', 'groupby', 'aggregate'],
      Rollup: 'None',
      GroupableProperties: groupable(resource),
    },
    '@Capabilities.ExpandRestrictions': { Expandable: false },
    '@Capabilities.SearchRestrictions': { Searchable: false },
    '@Capabilities.InsertRestrictions': { Insertable: can('create'), ...allowed(can('create'), write) },
    '@Capabilities.UpdateRestrictions': { Updatable: can('patch'), Upsertable: false, ...allowed(can('patch'), write) },
    '@Capabilities.DeleteRestrictions': { Deletable: can('delete'), ...allowed(can('delete'), write) },
  }
}

// What `$filter` can name, as paths.
function filterPaths({ filterTargets }: Resource): string[] {
  return [...filterTargets.values()].map(({ path }) => path.join('/'))
}

function allowed(isSupported: boolean, permission: string): JsonObject {
  return isSupported ? { Permissions: permissions(permission) } : {}
}

function permissions(...scopes: readonly string[]): JsonObject[] {
  return scopes.map((scope) => ({ SchemeName: SCHEME, Scopes: [{ Scope: scope }] }))
}

// A complex property without filterable members is listed instead of its members.
function unfilterable({ properties }: Structure, paths: readonly string[], prefix = ''): string[] {
  return [...properties.values()].flatMap(({ name, type }) => {
    const path = `${prefix}${name}`
    if (paths.includes(path)) return []
    const hasFilterable = paths.some((filterable) => filterable.startsWith(`${path}/`))
    return hasFilterable && type.kind === 'complex' ? unfilterable(type, paths, `${path}/`) : [path]
  })
}
