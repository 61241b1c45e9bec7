import { isObject, type JsonObject } from '../basics/isObject'
import { MAX_OPERATIONS, MAX_OPERATIONS_BYTES, type Stored } from '../cosmos/attempts'
import { ApiError, toApiError } from '../errors'
import { toETag } from '../odata/etag'
import { joinObjects, serializeEntity } from '../odata/serialize'
import { styleOf } from '../verbs/answer'
import { errorInfo } from '../verbs/errorInfo'
import { existingEntity, newEntity } from '../verbs/newEntity'
import type { RequestContext } from '../verbs/verb'

/** One entity of a bulk as it was sent, and what it is told apart by. */
export interface BulkEntity {
  readonly value: unknown
  readonly contentId: string
}

/** What became of an entity: its part of the answer, if it has one, and why it was not stored, if it was not. */
export interface Finished {
  readonly text?: string
  readonly failure?: ApiError
}

type BulkContext = RequestContext<{ readonly repeatabilityId: string | undefined }>

// Requests to the store at once: with more of them one bulk would leave its partner nothing, and gain little.
const MAX_LANES = 8

/**
 * Stores entities, as many at once as one request to the store takes, and as many requests at once as there are slots
 * free. Entities are checked when their turn comes, so that no more documents are held than are under way.
 */
export async function storeBulk(context: BulkContext, entities: readonly BulkEntity[]): Promise<readonly Finished[]> {
  const finished: Finished[] = entities.map(() => ({}))
  const portions = inPortions(context, entities, finished)
  const lane = async (): Promise<void> => {
    for (const portion of portions) await storePortion(context, portion, finished)
  }
  // The first works in the slot that the request has already.
  const lanes = [lane()]
  const needed = Math.min(
    MAX_LANES,
    Math.ceil(Math.max(entities.length / MAX_OPERATIONS, context.body.bytes / MAX_OPERATIONS_BYTES)),
  )
  while (lanes.length < needed) {
    const leave = context.takeSlot()
    if (leave === undefined) break
    lanes.push(lane().finally(leave))
  }
  await Promise.all(lanes)
  return finished
}

interface Prepared {
  readonly index: number
  readonly contentId: string
  readonly document: JsonObject
}

// Checks one entity after another; those that cannot be stored are finished with that.
function* inPortions(
  context: BulkContext,
  entities: readonly BulkEntity[],
  finished: Finished[],
): Generator<readonly Prepared[], void> {
  let portion: Prepared[] = []
  let size = 0
  for (const [index, entity] of entities.entries()) {
    const document = prepare(context, entity, index, finished)
    if (document === undefined) continue
    const bytes = Buffer.byteLength(JSON.stringify(document))
    if (portion.length === MAX_OPERATIONS || (portion.length > 0 && size + bytes > MAX_OPERATIONS_BYTES)) {
      yield portion
      portion = []
      size = 0
    }
    portion.push({ index, contentId: entity.contentId, document })
    size += bytes
  }
  if (portion.length > 0) yield portion
}

function prepare(
  context: BulkContext,
  { value, contentId }: BulkEntity,
  index: number,
  finished: Finished[],
): JsonObject | undefined {
  const { input, body } = context
  try {
    const key = input.repeatabilityId === undefined ? undefined : [input.repeatabilityId, contentId]
    return newEntity(context, { value: toProperties(value), bytes: body.bytes }, key)
  } catch (failure) {
    finished[index] = toFailed(context, contentId, failure)
    return undefined
  }
}

// Names that would make it a change or a deletion, which only creates are taken for.
const REMOVED = new Set(['@removed', '@odata.removed'])
const IDENTITY = new Set(['id', '@id', '@odata.id'])

function toProperties(value: unknown): unknown {
  if (!isObject(value)) return value
  const { '@Core.ContentID': contentId, ...properties } = value
  for (const name of Object.keys(properties)) {
    const known = name.toLowerCase()
    if (REMOVED.has(known)) throw unsupported('A bulk creates entities, and deletes none.', name)
    if (IDENTITY.has(known) && properties[name] !== null)
      throw unsupported('A bulk creates entities: leave it out.', name)
  }
  if (contentId === undefined || typeof contentId === 'string') return properties
  const target = '@Core.ContentID'
  throw new ApiError('invalidPayload', `'${target}' must be a string.`, {
    target,
    details: [{ code: 'invalidType', target, message: `'${target}' must be a string.` }],
  })
}

function unsupported(message: string, target: string): ApiError {
  return new ApiError('unsupportedOperation', message, { target })
}

async function storePortion(context: BulkContext, portion: readonly Prepared[], finished: Finished[]): Promise<void> {
  const { resource, store } = context
  const documents = portion.map(({ document }) => document)
  const settled = await store.createAll(resource, documents)
  for (const [position, { index, contentId, document }] of portion.entries()) {
    const result = settled[position] ?? { failure: undefined }
    try {
      if (!('stored' in result)) throw result.failure
      const entity = result.isNew ? document : existingEntity(resource, result.stored, document)
      finished[index] = toStored(context, contentId, entity, result.stored)
    } catch (failure) {
      finished[index] = toFailed(context, contentId, failure)
    }
  }
}

function toStored(context: BulkContext, contentId: string, entity: JsonObject, { etag }: Stored): Finished {
  if (context.preferences.returnMinimal) return {}
  const text = serializeEntity(context.resource, entity, toETag(etag), styleOf(context))
  return { text: joinObjects(JSON.stringify({ '@Core.ContentID': contentId }), text) }
}

// OData 4.01 part 1, 11.4.13: what was not created is answered as removed, and why.
function toFailed(context: BulkContext, contentId: string, failure: unknown): Finished {
  const error = toApiError(failure)
  const exception = {
    failedOperation: 'insert',
    responseCode: error.status,
    info: errorInfo(error, context, context.now),
  }
  const text = JSON.stringify({
    '@removed': { reason: 'deleted' },
    '@Core.ContentID': contentId,
    '@Core.DataModificationException': exception,
  })
  return { text, failure: error }
}
