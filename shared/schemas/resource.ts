import type * as z from 'zod'
import { lazy } from '../basics/lazy'
import { type FilterTarget, toFilterTargets } from './filterTargets'
import { audit } from './identitySet'
import type { PathParameter } from './pathParameters'
import { type Declarations, type Property, type Structure, toStructure } from './property'
import { toStoredCheck } from './storedCheck'
import { toCreateSchema, toPatchSchema, toStoredSchema } from './zodSchemas'

/** The two permissions of a resource, as they stand in `scp` or `roles` of a token. Who may write may also read. */
export interface Permissions {
  readonly write: string
  readonly read: string
}

/** The entities of another resource that name one of this by its id. */
export interface Navigation {
  /** One sentence on what they are. */
  readonly describe: string
  readonly target: Resource
  /** The property of the target that holds the id. */
  readonly property: string
}

interface Facts {
  /** Type name without namespace. */
  readonly name: string
  /** Namespace of the `@odata.type` in answers. */
  readonly namespace: 'microsoft.graph' | 'microsoft.management.services.api'
  /** One sentence on what it is. */
  readonly describe: string
  /** Open types keep properties that they do not know; closed ones refuse them. */
  readonly open: boolean
  /** Path below the version. Each `{parameter}` is a parent: stored with the document and part of every query. */
  readonly route: string
  /** Another path below which the collection is served. */
  readonly alsoBelow?: 'tenantRelationships/managedTenants'
  /** Each parameter of `route`. */
  readonly parents: Readonly<Record<string, PathParameter>>
  /** Context URL of the answer to a create, below the version, where it differs from that of the entity. */
  readonly createdContext?: string
  /** The Cosmos DB container. */
  readonly container: string
  /** Properties that form the partition key; the tenant always comes first. */
  readonly partitionKey: readonly ['partnerTenantId'] | readonly ['partnerTenantId', 'id']
  readonly permissions: Permissions
  /** What can be reached from an entity, by the last segment of its path. Neither side has parents. */
  readonly navigations?: Readonly<Record<string, Navigation>>
}

interface Declaration extends Facts {
  /** In the order in which they are serialized. Every resource has `createdBy` and `lastModifiedBy` after them. */
  readonly properties: Declarations
}

/** The complete description of one resource. Every verb, the store and the containers are derived from it. */
export interface Resource extends Facts, Structure {
  /** The properties that the service sets. */
  readonly computed: readonly Property[]
  /** The properties that a client may send. */
  readonly settable: readonly Property[]
  /** The property that must be the tenant of the caller. */
  readonly tenant: Property | undefined
  /** What `$filter` can name, by its path in lower case. */
  readonly filterTargets: ReadonlyMap<string, FilterTarget>
  /** Names of write-only properties, in lower case; no other property may have one. */
  readonly writeOnlyNames: ReadonlySet<string>
  /** The schema of a POST body without computed properties; parsing fills in initial values. */
  readonly createSchema: () => z.ZodObject
  /** The schema of a PATCH body. */
  readonly patchSchema: () => z.ZodObject
  /** The schema of a stored document. */
  readonly storedSchema: () => z.ZodObject
  /** Whether a document is so already, as far as can be told without the schema. */
  readonly storedCheck: () => (document: Readonly<Record<string, unknown>>) => boolean
}

/** Declares a resource and derives everything that follows from it; Zod schemas are built on first use. */
export function resource(declaration: Declaration): Resource {
  const structure = toStructure(declaration.open, { ...declaration.properties, ...audit })
  const all = [...structure.properties.values()]
  const settable = all.filter(({ computed }) => computed !== true)
  return {
    ...declaration,
    ...structure,
    filterTargets: toFilterTargets(structure),
    settable,
    computed: all.filter(({ computed }) => computed === true),
    tenant: all.find(({ tenant }) => tenant === true),
    writeOnlyNames: new Set(writeOnlyNames(structure)),
    createSchema: lazy(() => toCreateSchema(declaration.name, declaration.open, settable)),
    patchSchema: lazy(() => toPatchSchema(declaration.name, declaration.open, settable)),
    storedSchema: lazy(() => toStoredSchema(structure)),
    storedCheck: lazy(() => toStoredCheck(structure)),
  }
}

function writeOnlyNames({ properties }: Structure): string[] {
  return [...properties.values()].flatMap(({ name, type, writeOnly }) => [
    ...(writeOnly === true ? [name.toLowerCase()] : []),
    ...(type.kind === 'complex' ? writeOnlyNames(type) : []),
  ])
}
