import type { JsonObject } from '../basics/isObject'
import { documentTooLarge, MAX_DOCUMENT_BYTES } from '../errors'

// What is stored of a body is less than four times as long, as where a number like 1e15 is written out or an empty
// password replaced, and a few hundred bytes; twice that is safe. Measuring a document costs as much as serializing it.
const MAX_GROWTH = 8

/** Throws `documentTooLarge` where the store could not take the document. `sent`: bytes of the body that it was made of. */
export function checkDocumentSize(document: JsonObject, sent = Number.POSITIVE_INFINITY): void {
  if (sent * MAX_GROWTH <= MAX_DOCUMENT_BYTES) return
  if (Buffer.byteLength(JSON.stringify(document)) > MAX_DOCUMENT_BYTES) throw documentTooLarge()
}
