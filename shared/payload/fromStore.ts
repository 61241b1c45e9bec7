import * as z from 'zod'
import type { JsonObject } from '../basics/isObject'
import { findProperty } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { isInternal, STORE_NAMES, TENANT } from '../schemas/storeNames'

/**
 * Checks a document that came back from the store and returns its properties: documented and dynamic.
 * Throws an Error whose code names the document and the paths that do not fit the schema, and nothing else of it.
 */
export function fromStore(resource: Resource, document: JsonObject): JsonObject {
  const { open, properties } = resource
  // Older documents may have a dynamic property that differs from a declared one only in case. It is dropped: it could
  // hold a secret, and many clients cannot parse an object that has both.
  const isKept = (name: string): boolean =>
    properties.has(name) || (open && !isInternal(name) && findProperty(resource, name) === undefined)
  const names = Object.keys(document).filter(isKept)
  const members = Object.fromEntries(names.map((name) => [name, document[name]]))
  return check(resource, resource.storedSchema(), document, members)
}

/** What does the same with documents of which only these properties were read. */
export function newProjector(resource: Resource, columns: readonly { readonly name: string }[]) {
  const { shape } = resource.storedSchema()
  const schema = z.object(Object.fromEntries(columns.map(({ name }) => [name, shape[name] ?? z.unknown()])))
  return (document: JsonObject): JsonObject => {
    const members = Object.fromEntries(columns.map(({ name }) => [name, document[name]]))
    return check(resource, schema, document, members)
  }
}

function check({ container }: Resource, schema: z.ZodObject, { id }: JsonObject, members: JsonObject): JsonObject {
  const { data, error } = schema.safeParse(members)
  if (error === undefined) return data
  const paths = error.issues.map(({ path }) => path.join('.')).join(' ')
  const code = `${container}/${String(id)}: ${paths}`
  throw Object.assign(new Error('a stored document does not fit its schema'), { name: 'InvalidDocument', code })
}

/** The same for a document that is only to be answered: where it is just as it should be, it is not copied. */
export function checkStored(resource: Resource, document: JsonObject): JsonObject {
  return resource.storedCheck()(document) ? document : fromStore(resource, document)
}

/** The members of a document that a change must keep although no client sends them: tenant, parents, internal names. */
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
