import type { JsonObject } from '../basics/isObject'
import { type Operation, resourcesOf } from '../description/operation'
import type { Root } from '../odata/urls'
import { isContained } from './containment'

/** The service document (OData JSON 4.0, 5): the entity sets that can be read, without contained ones. */
export function toServiceDocument(operations: readonly Operation[], { origin, version }: Root): JsonObject {
  const sets = resourcesOf(operations).filter((resource) => !isContained(resource))
  return {
    '@odata.context': `${origin}/${version}/$metadata`,
    value: sets.map(({ route }) => ({ name: route, kind: 'EntitySet', url: route })),
  }
}
