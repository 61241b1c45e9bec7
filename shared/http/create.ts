import { collectionContext, entityContext, entityUrl } from '../odata/urls'
import { complete } from '../schemas/complete'
import { parseCreate } from '../schemas/parse'
import type { Members } from '../schemas/problems'
import type { Resource } from '../schemas/resource'
import { parseStored, TENANT } from '../schemas/stored'
import type { Stored } from '../store/reply'
import { WRITE_ID } from '../store/store'
import { type Endpoint, type Exchange, endpoint, type Verb } from './endpoint'
import { answerEntity, answerMinimal, belongs, checkSize, checkTenant } from './entity'
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
  id: string,
  { caller, parents, asked, now, requestId }: Exchange<RequestId>,
): Members => {
  const own: Record<string, unknown> = { id, [TENANT]: caller.tenantId, [WRITE_ID]: requestId }
  if (asked !== undefined) own[PAYLOAD] = fingerprint(properties)
  return complete(resource, properties, { id, now }, Object.assign(own, parents))
}

interface Result {
  readonly id: string
  readonly entity: Members
  readonly etag: string
}

const answer = (resource: Resource, exchange: Exchange<RequestId>, { id, entity, etag }: Result): Answer => {
  const { root, parents, prefer, asked } = exchange
  const location = entityUrl(root, resource, parents, id)
  const repeatable: Record<string, string> = asked === undefined ? {} : { 'Repeatability-Result': 'accepted' }
  const headers = { Location: location, ...repeatable }
  if (prefer.minimal) return answerMinimal(resource, exchange, etag, { ...headers, 'OData-EntityId': location })
  const toContext = resource.createdInCollectionContext === true ? collectionContext : entityContext
  const context = toContext(root, resource, parents)
  return answerEntity(resource, exchange, { status: 201, entity, etag, context, headers })
}

// What an earlier request of this client stored under the same id, as it is now.
const existing = (
  resource: Resource,
  { caller, parents }: Exchange<RequestId>,
  stored: Stored,
  document: Members,
): Members => {
  if (!belongs(stored, caller, parents)) throw new Error('the store returned a document that was not asked for')
  if (stored.document[PAYLOAD] === document[PAYLOAD]) return parseStored(resource, stored.document)
  throw rejected('This Repeatability-Request-ID was used with another body.', 'Repeatability-Request-ID')
}

const run = async (resource: Resource, exchange: Exchange<RequestId>): Promise<Answer> => {
  const { body, prefer, caller, store } = exchange
  const properties = parseCreate(resource, body.value, prefer.showHidden)
  checkTenant(resource, properties, caller)
  const id = idFor(resource, exchange)
  const document = documentOf(resource, properties, id, exchange)
  checkSize(document, body.bytes)
  const { stored, isNew } = await store.create(resource, { tenantId: caller.tenantId, id }, document)
  const entity = isNew ? document : existing(resource, exchange, stored, document)
  return answer(resource, exchange, { id, entity, etag: stored.etag })
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
