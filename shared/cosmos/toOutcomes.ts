import { isObject, type JsonObject } from '../basics/isObject'
import type { Outcome, Stored } from './attempts'
import { toOutcome } from './outcome'

/**
 * What became of each operation of a bulk. `sent`: the documents of creates, which are stored as they were sent; of a
 * read the store answers the document.
 */
export function toOutcomes(results: unknown, sent?: readonly JsonObject[]): readonly Outcome<Stored>[] {
  const all: readonly unknown[] = Array.isArray(results) ? results : []
  const count = sent?.length ?? all.length
  return Array.from({ length: count }, (_, index) => toOperationOutcome(all[index], sent?.[index]))
}

function toOperationOutcome(result: unknown, sent: JsonObject | undefined): Outcome<Stored> {
  if (!isObject(result)) return noAnswer()
  const { statusCode, subStatusCode, requestCharge, retryAfterMilliseconds, eTag, resourceBody, failed } = result
  if (failed !== undefined) return toOutcome(failed)
  const charge = Number(requestCharge) || 0
  if (typeof statusCode !== 'number' || statusCode >= 300) {
    const headers = { 'x-ms-request-charge': charge }
    return toOutcome({ code: statusCode, substatus: subStatusCode, retryAfterInMs: retryAfterMilliseconds, headers })
  }
  const document = isObject(resourceBody) ? resourceBody : sent
  if (document === undefined || typeof eTag !== 'string') return noAnswer()
  return { kind: 'ok', value: { document, etag: eTag }, charge }
}

function noAnswer(): Outcome<Stored> {
  return { kind: 'unknown', charge: 0, cause: new Error('the store did not say what became of an operation') }
}
