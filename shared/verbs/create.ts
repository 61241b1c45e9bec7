import type { JsonObject } from '../basics/isObject'
import { preferHeader } from '../headers/prefer'
import { parseRepeatability, REPEATABILITY_HEADERS } from '../headers/repeatability'
import { createdContext, entityUrl } from '../odata/urls'
import { type Answer, answerEntity, answerMinimal } from './answer'
import { existingEntity, newEntity } from './newEntity'
import { nothing, type RequestContext, verb } from './verb'

/** `POST` to a collection: stores a new entity and answers 201, or 204 where the client prefers no body. */
export const create = verb({
  name: 'create',
  title: 'Create',
  describe:
    'Stores a new entity; an answer of 201 or 204 means that the store has confirmed it. With the two Repeatability headers the same request can be retried without storing a second entity.',
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
      describe: 'Stored; no body, as `Prefer: return=minimal` asks for.',
      body: 'none',
      headers: ['Location', 'OData-EntityId', 'ETag', 'Preference-Applied', 'Repeatability-Result'],
    },
  },
  failures: ['repeatabilityRejected'],
  readHeaders: (headers, now) => ({ repeatabilityId: parseRepeatability(headers, now) }),
  readQuery: nothing,
  run: async (context) => {
    const { resource, body, store, input } = context
    const { repeatabilityId } = input
    const document = newEntity(context, body, repeatabilityId === undefined ? undefined : [repeatabilityId])
    const { stored, isNew } = await store.create(resource, document)
    return answer(context, isNew ? document : existingEntity(resource, stored, document), stored.etag)
  },
})

type CreateContext = RequestContext<{ readonly repeatabilityId: string | undefined }>

function answer(context: CreateContext, entity: JsonObject, etag: string): Answer {
  const { resource, root, parents, preferences, input } = context
  const location = entityUrl(root, resource, parents, String(entity.id))
  const repeatable = input.repeatabilityId === undefined ? {} : { 'Repeatability-Result': 'accepted' }
  const headers = { Location: location, ...repeatable }
  if (preferences.returnMinimal) return answerMinimal(context, etag, { ...headers, 'OData-EntityId': location })
  const contextUrl = createdContext(root, resource, parents)
  return answerEntity(context, { status: 201, entity, etag, contextUrl, headers })
}
