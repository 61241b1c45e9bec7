import type { Resource } from '../shared/schemas/resource'
import { TENANT } from '../shared/schemas/storeNames'

/** The container of a resource, as Bicep and the embedded database create it. */
export function toContainer({ container, partitionKey, parents, properties, filterTargets }: Resource) {
  const ordered = [...properties.values()].filter(({ order }) => order === true).map(({ name }) => name)
  const filtered = [...filterTargets.values()].map(({ path, collection }) =>
    [...path, ...(collection ? ['[]'] : [])].join('/'),
  )
  // The store always indexes the id and refuses an explicit path for it.
  const indexed = new Set([TENANT, ...Object.keys(parents), ...filtered, ...ordered].filter((path) => path !== 'id'))
  return {
    name: container,
    partitionKey: partitionKey.map((name) => `/${name}`),
    includedPaths: [...indexed].map((path) => `/${path}/?`),
    excludedPaths: ['/*', '/"_etag"/?'],
    // A list is ordered by a property and then by the id, both in one direction.
    compositeIndexes: ordered.flatMap((name) => [toComposite(name, 'ascending'), toComposite(name, 'descending')]),
    defaultTtl: null,
  }
}

function toComposite(name: string, order: 'ascending' | 'descending') {
  return [`/${name}`, '/id'].map((path) => ({ path, order }))
}
