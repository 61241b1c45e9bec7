import relationshipRequest from '../../examples/delegatedAdminRelationshipRequestsCreate.json'
import appOperation from '../../examples/managedAppOperationsCreate.json'
import httpRequest from '../../examples/managedTenantOperationHttpRequestsCreate.json'
import result from '../../examples/managedTenantOperationResultsCreate.json'
import operation from '../../examples/managedTenantOperationsCreate.json'
import operationPatch from '../../examples/managedTenantOperationsPatch.json'
import { isObject, type JsonObject } from '../basics/isObject'
import { toETag } from '../odata/etag'
import { serializeEntity } from '../odata/serialize'
import { collectionContext, collectionUrl, createdContext, entityContext, type Parents, type Root } from '../odata/urls'
import type { EdmType, Property } from '../schemas/property'
import type { Resource } from '../schemas/resource'

interface Example {
  readonly name: string
  readonly path: string
  readonly body: JsonObject
}

const DOCUMENTED: readonly Example[] = [
  operation,
  result,
  httpRequest,
  relationshipRequest,
  appOperation,
  operationPatch,
]

const ID = '6d2f8a41-93b7-4c05-a8e6-2b71d94f0c53'
const INSTANT = '2026-11-23T10:55:47.1230000Z'
const TAG = toETag('"00000000-0000-0000-0000-000000000000"')

/** The documented body of a create; where there is none, one made of the declarations. */
export function createExample(resource: Resource): JsonObject {
  return (
    documented(resource, 'Create')?.body ?? sampleOf(resource.settable.filter(({ initial }) => initial === undefined))
  )
}

/** The documented body of a change; where there is none, the first property of a create that can be changed. */
export function patchExample(resource: Resource): JsonObject {
  const given = documented(resource, 'Patch')?.body
  if (given !== undefined) return given
  const changed = resource.settable.find(({ immutable, tenant }) => immutable !== true && tenant !== true)
  return changed === undefined ? {} : { [changed.name]: createExample(resource)[changed.name] ?? sample(changed) }
}

/** What a create of the documented body is answered with. */
export function createdExample(resource: Resource, root: Root): JsonObject {
  return entity(resource, createdContext(root, resource, parentsOf(resource)))
}

/** What reading it is answered with. */
export function entityExample(resource: Resource, root: Root): JsonObject {
  return entity(resource, entityContext(root, resource, parentsOf(resource)))
}

/** A page with it alone. */
export function collectionExample(resource: Resource, root: Root): JsonObject {
  const url = collectionUrl(root, resource, parentsOf(resource))
  return {
    '@odata.context': collectionContext(root, resource, parentsOf(resource)),
    '@odata.nextLink': `${url}?$top=1&$skiptoken=…`,
    value: [entity(resource)],
  }
}

/** What a summary is answered with. */
export function summaryExample({ origin, version }: Root): JsonObject {
  return {
    '@odata.context': `${origin}/${version}/$metadata#microsoft.graph.managedTenantOperationSummary`,
    ...{ targetCount: 3, tenantCount: 2, succeededCount: 1, failedCount: 1, missingCount: 1 },
    ...{ firstResultDateTime: INSTANT, lastResultDateTime: INSTANT, isComplete: false, isPartial: false },
    failures: [{ tenantId: ID, exception: '403 Forbidden' }],
    missingTenantIds: ['e71c3b95-6f08-4d2a-8b4e-15a9d0c6f7b2'],
  }
}

/** Values of the parameters of a resource's route, as in the documented request. */
export function parentsOf({ route, container, parents }: Resource): Parents {
  const example = DOCUMENTED.find(({ name }) => name === `${container}Create`)
  const segments = example?.path.split('/').slice(2) ?? []
  const templates = route.split('/')
  return Object.fromEntries(Object.keys(parents).map((name) => [name, segments[templates.indexOf(`{${name}}`)] ?? ID]))
}

function documented({ container }: Resource, verb: string): Example | undefined {
  return DOCUMENTED.find(({ name }) => name === `${container}${verb}`)
}

function entity(resource: Resource, context?: string): JsonObject {
  const complete = resource.createSchema().parse(createExample(resource))
  const document = { ...complete, ...sampleOf(resource.computed) }
  const text = serializeEntity(
    resource,
    document,
    TAG,
    { metadata: 'minimal', includeUnknownEnumMembers: false },
    context,
  )
  const value: unknown = JSON.parse(text)
  return isObject(value) ? value : {}
}

function sampleOf(properties: Iterable<Property>): JsonObject {
  return Object.fromEntries([...properties].map((property) => [property.name, sample(property)]))
}

function sample({ type, collection, initial }: Property): unknown {
  if (initial !== undefined && initial !== null) return initial
  return collection ? [sampleValue(type)] : sampleValue(type)
}

function sampleValue(type: EdmType): unknown {
  if (type.kind === 'enum') return type.members[0]
  if (type.kind === 'complex') return sampleOf(type.properties.values())
  if (type.name === 'Edm.Guid' || type.guid === 'always') return ID
  if (type.name === 'Edm.Boolean') return true
  if (type.name === 'Edm.Int32') return Math.max(0, type.minimum ?? 0)
  return type.name === 'Edm.DateTimeOffset' ? INSTANT : 'text'
}
