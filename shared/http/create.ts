import { collectionContext, entityContext, entityUrl } from '../odata/urls'
import { complete } from '../schemas/complete'
import { parseCreate } from '../schemas/parse'
import type { Members } from '../schemas/problems'
import type { Resource } from '../schemas/resource'
import { TENANT } from '../schemas/stored'
import type { Stored } from '../store/reply'
import { WRITE_ID } from '../store/store'
import { type Endpoint, type Exchange, endpoint, type Verb } from './endpoint'
import { answerEntity, answerMinimal, checkSize, checkTenant } from './entity'
import { deriveId, fingerprint, parseRepeatability, rejected } from './repeatability'
import type { Answer } from './respond'

type RequestId = string | undefined

/** Name of the property that keeps the fingerprint of a repeatable create; no answer shows it. */
const PAYLOAD = '_payload'

const idFor = (resource: Resource, { caller, parents, asked, newId }: Exchange<RequestId>): string =>
  asked === undefined
    ? newId()
    : deriveId([caller.tenantId, caller.clientId, resource.container, ...Object.values(parents), asked])

const documentOf = (
  resource: Resource,
  properties: Members,
  exchange: Exchange<RequestId>,
): Members & { id: string } => {
  const { caller, parents, asked, now, requestId } = exchange
  const id = idFor(resource, exchange)
  return {
    ...complete(resource, properties, { id, now }),
    ...parents,
    [TENANT]: caller.tenantId,
    [WRITE_ID]: requestId,
    ...(asked === undefined ? {} : { [PAYLOAD]: fingerprint(properties) }),
    id,
  }
}

const answer = (resource: Resource, exchange: Exchange<RequestId>, stored: Stored, id: string): Answer => {
  const { root, parents, prefer, asked } = exchange
  const location = entityUrl(root, resource, parents, id)
  const repeatable: Record<string, string> = asked === undefined ? {} : { 'Repeatability-Result': 'accepted' }
  const common = { Location: location, ...repeatable }
  if (prefer.minimal) return answerMinimal(resource, exchange, stored, { ...common, 'OData-EntityId': location })
  const toContext = resource.createdInCollectionContext === true ? collectionContext : entityContext
  return answerEntity(resource, exchange, {
    status: 201,
    stored,
    context: toContext(root, resource, parents),
    headers: common,
  })
}

const run = async (resource: Resource, exchange: Exchange<RequestId>): Promise<Answer> => {
  const { body, prefer, caller, store, asked } = exchange
  const properties = parseCreate(resource, body, prefer.showHidden)
  checkTenant(resource, properties, caller)
  const document = documentOf(resource, properties, exchange)
  checkSize(document)
  const { stored, isNew } = await store.create(resource, { tenantId: caller.tenantId, id: document.id }, document)
  // A new id cannot have been taken by anybody else; a derived one was taken by an earlier request of this client.
  if (!isNew && asked !== undefined && stored.document[PAYLOAD] !== document[PAYLOAD]) {
    throw rejected('This Repeatability-Request-ID was used with another body.', 'Repeatability-Request-ID')
  }
  return answer(resource, exchange, stored, document.id)
}

const verb: Verb<RequestId> = {
  methods: ['POST'],
  suffix: '',
  access: 'write',
  options: [],
  hasBody: true,
  ask: parseRepeatability,
  run,
}

/** `POST` to a collection: stores a new entity and answers 201, or 204 where the client prefers no body. */
export const create = (resource: Resource): Endpoint => endpoint(verb, resource)
