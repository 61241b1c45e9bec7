import type { Resource } from '../shared/schemas/resource'
import { TENANT } from '../shared/schemas/storeNames'

/** The container of a resource, as Bicep and the embedded database make it. */
export function toContainer({ container, partitionKey, parents, properties }: Resource) {
  const all = [...properties.values()]
  // The store indexes the id by itself, and refuses to be told.
  const asked = all.filter(({ name, filter, order }) => (filter === true || order === true) && name !== 'id')
  const indexed = [TENANT, ...Object.keys(parents), ...asked.map(({ name }) => name)]
  return {
    name: container,
    partitionKey: partitionKey.map((name) => `/${name}`),
    includedPaths: indexed.map((name) => `/${name}/?`),
    excludedPaths: ['/*', '/"_etag"/?'],
    // A list is ordered by a property and then by the id, both in one direction.
    compositeIndexes: all
      .filter(({ order }) => order === true)
      .flatMap(({ name }) => [toComposite(name, 'ascending'), toComposite(name, 'descending')]),
    defaultTtl: null,
  }
}

function toComposite(name: string, order: 'ascending' | 'descending') {
  return [`/${name}`, '/id'].map((path) => ({ path, order }))
}
