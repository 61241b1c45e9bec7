import { modelOf } from './model'
import type { Members } from './problems'
import type { Resource } from './resource'

/** Name of the partition key's first property, which every document has. */
export const TENANT = 'partnerTenantId'

// Cosmos DB sets these anew with each write.
const STORE_NAMES = new Set(['_rid', '_self', '_ts', '_etag', '_attachments'])

const isOwn = (name: string): boolean => name.startsWith('_')

/** The properties of a document that are the service's own: parents' ids, the tenant, and names with an underscore. */
export const ownNames = (resource: Resource, document: Members): Members =>
  Object.fromEntries(
    Object.entries(document).filter(
      ([name]) => name === TENANT || Object.hasOwn(resource.parents, name) || (isOwn(name) && !STORE_NAMES.has(name)),
    ),
  )

/**
 * Checks a document that came back from the store and returns its properties: documented and dynamic.
 * Throws an Error whose code names the document and the paths that do not fit the schema, and nothing else of it.
 */
export const parseStored = (resource: Resource, document: Members): Members => {
  const { open, properties } = modelOf(resource)
  const names = Object.keys(document).filter((name) => (open ? !isOwn(name) : properties.has(name)))
  const { data, error } = resource.schema.safeParse(Object.fromEntries(names.map((name) => [name, document[name]])))
  if (error !== undefined) {
    const paths = error.issues.map(({ path }) => path.join('.')).join(' ')
    const code = `${resource.container}/${String(document.id)}: ${paths}`
    throw Object.assign(new Error('a stored document does not fit its schema'), { name: 'InvalidDocument', code })
  }
  return data
}
