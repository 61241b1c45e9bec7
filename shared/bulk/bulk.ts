import { isObject, type JsonObject } from '../basics/isObject'
import { ApiError, type Detail, MAX_BULK_BYTES } from '../errors'
import { parsePrefer, preferHeader } from '../headers/prefer'
import { parseRepeatability, REPEATABILITY_HEADERS } from '../headers/repeatability'
import { joinObjects } from '../odata/serialize'
import { collectionContext } from '../odata/urls'
import { invalidPayload } from '../payload/details'
import { type Answer, entityHeaders } from '../verbs/answer'
import { nothing, type RequestContext, verb } from '../verbs/verb'
import { type BulkEntity, type Finished, storeBulk } from './storeBulk'

const MAX_ENTITIES = 1000

/**
 * `PATCH` of a collection: stores many new entities, each for itself (OData 4.01 part 1, 11.4.15). Answers 200 with a
 * delta payload of what was stored and of what failed.
 */
export const bulk = verb({
  name: 'bulk',
  title: 'Create many',
  describe:
    'Stores up to 1,000 new entities, each for itself: a failure is that of the one entity. `Prefer: continue-on-error` is required. With the two Repeatability headers the whole bulk may be sent again after any failure, and stores nothing twice. Wait 30 seconds for it.',
  methods: ['PATCH'],
  suffix: '',
  access: 'write',
  queryOptions: [],
  hasBody: true,
  maxBytes: MAX_BULK_BYTES,
  isBulk: true,
  headers: [
    { ...preferHeader('continue-on-error', 'return=minimal', 'include-unknown-enum-members'), required: true },
    ...REPEATABILITY_HEADERS,
  ],
  answers: {
    200: {
      describe:
        'What was stored, as a create answers it, and what was not: as `@removed`, with the failure in `@Core.DataModificationException`. With `return=minimal` only the latter.',
      body: 'delta',
      headers: ['Preference-Applied', 'Repeatability-Result'],
    },
  },
  failures: ['repeatabilityRejected'],
  readHeaders: (headers, now) => {
    requireContinueOnError(headers)
    return { repeatabilityId: parseRepeatability(headers, now) }
  },
  readQuery: nothing,
  run: async (context) => {
    const entities = parseEntities(context.body.value)
    return answer(context, await storeBulk(context, entities))
  },
})

function requireContinueOnError(headers: Headers): void {
  if (parsePrefer(headers.get('prefer')).continueOnError === true) return
  const message =
    "A bulk needs the header 'Prefer: continue-on-error': entities are stored each for itself, and all or nothing cannot be promised."
  throw new ApiError('invalidHeader', message, { target: 'Prefer' })
}

// Checks what concerns the bulk as a whole; an entity that is wrong by itself fails by itself.
function parseEntities(body: unknown): readonly BulkEntity[] {
  if (!isObject(body)) throw new ApiError('invalidPayload', 'The request body must be a JSON object.')
  const unknown = Object.keys(body).filter((name) => name !== 'value' && !name.startsWith('@'))
  const details: Detail[] = unknown.map((name) => ({
    code: 'unknownProperty',
    target: name,
    message: `'${name}' is not a property of a bulk.`,
  }))
  const { value } = body
  const isRight = Array.isArray(value) && value.length >= 1 && value.length <= MAX_ENTITIES
  if (!isRight) details.push(wrongValue(value))
  const entities = isRight ? value.map(toEntity) : []
  const [first, ...rest] = [...details, ...duplicates(entities)]
  if (first !== undefined) throw invalidPayload([first, ...rest])
  return entities
}

function wrongValue(value: unknown): Detail {
  const code = Array.isArray(value) ? 'invalidLength' : value === undefined ? 'required' : 'invalidType'
  return { code, target: 'value', message: `'value' must be an array of 1 to ${MAX_ENTITIES} entities.` }
}

function toEntity(value: unknown, index: number): BulkEntity {
  const given = isObject(value) ? value['@Core.ContentID'] : undefined
  return { value, contentId: typeof given === 'string' ? given : String(index) }
}

function duplicates(entities: readonly BulkEntity[]): Detail[] {
  const seen = new Map<string, number>()
  return entities.flatMap(({ contentId }, index) => {
    const earlier = seen.get(contentId)
    seen.set(contentId, earlier ?? index)
    const target = `value[${index}].@Core.ContentID`
    const message = `'${target}' must be another than that of value[${earlier}]; a position counts where there is none.`
    return earlier === undefined ? [] : [{ code: 'invalidValue' as const, target, message }]
  })
}

function answer(
  context: RequestContext<{ readonly repeatabilityId: string | undefined }>,
  all: readonly Finished[],
): Answer {
  const { resource, root, parents, metadata, input, preferences } = context
  const { returnMinimal } = preferences
  const stored = all.filter(({ failure }) => failure === undefined).length
  const annotations: JsonObject = {
    ...(metadata === 'none' ? {} : { '@odata.context': `${collectionContext(root, resource, parents)}/$delta` }),
    '@odata.count': stored,
  }
  const repeatable = input.repeatabilityId === undefined ? {} : { 'Repeatability-Result': 'accepted' }
  const value = all.flatMap(({ text }) => text ?? [])
  return {
    status: 200,
    headers: { ...entityHeaders(context, { returnMinimal, continueOnError: true }), ...repeatable },
    body: joinObjects(JSON.stringify(annotations), `{"value":[${value.join(',')}]}`),
    failure: all.map(({ failure }) => failure).find((failure) => failure !== undefined && failure.status >= 500),
  }
}
