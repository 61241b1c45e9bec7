import * as z from 'zod'
import type { JsonObject } from '../basics/isObject'
import type { Resource } from '../schemas/resource'
import { isInternal, STORE_NAMES, TENANT } from '../schemas/storeNames'

/**
 * Checks a document that came back from the store and returns its properties: documented and dynamic.
 * Throws an Error whose code names the document and the paths that do not fit the schema, and nothing else of it.
 */
export function fromStore(resource: Resource, document: JsonObject): JsonObject {
  const { open, properties } = resource
  const names = Object.keys(document).filter((name) => (open ? !isInternal(name) : properties.has(name)))
  const members = Object.fromEntries(names.map((name) => [name, document[name]]))
  const { data, error } = resource.storedSchema().safeParse(members)
  if (error === undefined) return data
  const paths = error.issues.map(({ path }) => path.join('.')).join(' ')
  const code = `${resource.container}/${String(document.id)}: ${paths}`
  throw Object.assign(new Error('a stored document does not fit its schema'), { name: 'InvalidDocument', code })
}

/** The members of a document that a change must keep and no client sends: tenant, parents, and the service's own. */
export function internalMembers({ parents }: Resource, document: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(document).filter(
      ([name]) => name === TENANT || Object.hasOwn(parents, name) || (isInternal(name) && !STORE_NAMES.has(name)),
    ),
  )
}

/** Whether a document could have this value as this property. */
export function isStorable(resource: Resource, name: string, value: unknown): boolean {
  const schema = resource.storedSchema().shape[name]
  return schema !== undefined && z.safeParse(schema, value).success
}
