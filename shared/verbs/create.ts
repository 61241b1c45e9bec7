import type { JsonObject } from '../basics/isObject'
import { preferHeader } from '../headers/prefer'
import { parseRepeatability, REPEATABILITY_HEADERS, usedWithAnotherBody } from '../headers/repeatability'
import { createdContext, entityUrl } from '../odata/urls'
import { checkDocumentSize } from '../payload/documentSize'
import { fromStore } from '../payload/fromStore'
import { newDocument } from '../payload/newDocument'
import { parseCreate } from '../payload/parse'
import { deriveId, fingerprint } from '../payload/repeatable'
import { checkTenant } from '../payload/tenant'
import { PAYLOAD, TENANT, WRITE_ID } from '../schemas/storeNames'
import type { Stored } from '../store/attempts'
import { type Answer, answerEntity, answerMinimal } from './answer'
import { identitySetOf } from './entity'
import { nothing, type RequestContext, verb } from './verb'

/** `POST` to a collection: stores a new entity and answers 201, or 204 where the client prefers no body. */
export const create = verb({
  name: 'create',
  title: 'Create',
  describe:
    'Stores a new entity; an answer of 201 or 204 means that the store has confirmed it. Send the two Repeatability headers, and the same request may be sent again without storing a second entity.',
  methods: ['POST'],
  suffix: '',
  access: 'write',
  queryOptions: [],
  hasBody: true,
  headers: [preferHeader('return=minimal', 'include-unknown-enum-members'), ...REPEATABILITY_HEADERS],
  answers: {
    201: {
      describe: 'The entity as it was stored.',
      body: 'entity',
      headers: ['Location', 'ETag', 'Preference-Applied', 'Repeatability-Result'],
    },
    204: {
      describe: 'Stored, and not repeated here, as `Prefer: return=minimal` asks for.',
      body: 'none',
      headers: ['Location', 'OData-EntityId', 'ETag', 'Preference-Applied', 'Repeatability-Result'],
    },
  },
  failures: ['repeatabilityRejected'],
  readHeaders: (headers, now) => ({ repeatabilityId: parseRepeatability(headers, now) }),
  readQuery: nothing,
  run: async (context) => {
    const { resource, body, preferences, caller, store } = context
    const properties = parseCreate(resource, body.value, preferences.includeUnknownEnumMembers)
    checkTenant(resource, properties, caller.tenantId)
    const document = documentOf(context, properties)
    checkDocumentSize(document, body.bytes)
    const { stored, isNew } = await store.create(resource, document)
    return answer(context, isNew ? document : existing(context, stored, document), stored.etag)
  },
})

type CreateContext = RequestContext<{ readonly repeatabilityId: string | undefined }>

function documentOf(context: CreateContext, properties: JsonObject): JsonObject {
  const { resource, caller, parents, input, now, requestId } = context
  const id = idOf(context)
  const own: Record<string, unknown> = { id, [TENANT]: caller.tenantId, [WRITE_ID]: requestId }
  if (input.repeatabilityId !== undefined) own[PAYLOAD] = fingerprint(properties)
  return newDocument(resource, properties, { id, now, by: identitySetOf(caller) }, Object.assign(own, parents))
}

function idOf({ resource, caller, parents, input, newId }: CreateContext): string {
  const { repeatabilityId } = input
  if (repeatabilityId === undefined) return newId()
  return deriveId([caller.tenantId, caller.clientId, resource.container, ...Object.values(parents), repeatabilityId])
}

// What an earlier request of this client stored under the same id, as it is now.
function existing({ resource }: CreateContext, stored: Stored, document: JsonObject): JsonObject {
  if (stored.document[PAYLOAD] === document[PAYLOAD]) return fromStore(resource, stored.document)
  throw usedWithAnotherBody()
}

function answer(context: CreateContext, entity: JsonObject, etag: string): Answer {
  const { resource, root, parents, preferences, input } = context
  const location = entityUrl(root, resource, parents, String(entity.id))
  const repeatable = input.repeatabilityId === undefined ? {} : { 'Repeatability-Result': 'accepted' }
  const headers = { Location: location, ...repeatable }
  if (preferences.returnMinimal) return answerMinimal(context, etag, { ...headers, 'OData-EntityId': location })
  const contextUrl = createdContext(root, resource, parents)
  return answerEntity(context, { status: 201, entity, etag, contextUrl, headers })
}
