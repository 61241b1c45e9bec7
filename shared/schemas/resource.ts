import type * as z from 'zod'
import { lazy } from '../lazy'

/** The two permissions of a resource, as they stand in `scp` or `roles` of a token. Who may write may also read. */
export interface Permissions {
  readonly write: string
  readonly read: string
}

/** All there is to say about one resource: every verb, the store and the index policy are read from it. */
export interface Resource {
  /** Type name without namespace. */
  readonly name: string
  /** Namespace of the `@odata.type` in answers. */
  readonly namespace: 'microsoft.graph' | 'microsoft.management.services.api'
  /** Path below the version. Each `{parameter}` is a parent: stored with the document, and part of what finds it. */
  readonly route: string
  /** The schema of each parameter of `route`. */
  readonly parents: Readonly<Record<string, z.ZodType<string>>>
  /** Context URL below the version, its parameters in the form of OData keys. */
  readonly context: string
  /** True where the answer to a create names the collection in its context, and not the entity. */
  readonly createdInCollectionContext?: true
  /** The Cosmos DB container, as `infra/containers.json` has it. */
  readonly container: string
  /** Properties that form the partition key; the tenant always comes first. */
  readonly partitionKey: readonly ['partnerTenantId'] | readonly ['partnerTenantId', 'id']
  readonly permissions: Permissions
  /** The entity as it is stored, in the order in which it is printed: loose for an open type, strict for a closed one. */
  readonly schema: z.ZodObject
}

interface Declaration extends Omit<Resource, 'schema' | 'parents'> {
  readonly parents: () => Resource['parents']
  readonly schema: () => z.ZodObject
}

type Declared<T extends Declaration> = Omit<T, 'schema' | 'parents'> & {
  readonly schema: ReturnType<T['schema']>
  readonly parents: ReturnType<T['parents']>
}

/** Declares a resource; its schemas are built when they are first used. */
export const resource = <const T extends Declaration>(declaration: T): Declared<T> => {
  const schema = lazy(declaration.schema)
  const parents = lazy(declaration.parents)
  const own = {
    get schema() {
      return schema()
    },
    get parents() {
      return parents()
    },
  }
  // The getters stand for the functions of the same names, which TypeScript cannot see through a copy of descriptors.
  return Object.defineProperties({ ...declaration }, Object.getOwnPropertyDescriptors(own)) as unknown as Declared<T>
}
