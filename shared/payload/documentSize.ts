import type { JsonObject } from '../basics/isObject'
import { documentTooLarge, MAX_DOCUMENT_BYTES } from '../errors'

// A stored document is less than four times as long as its body (a number like 1e15 is written out, an empty password
// replaced), plus a few hundred bytes; twice that is safe. Only larger ones are measured, which costs as much as
// serializing them.
const MAX_GROWTH = 8

/**
 * Throws `documentTooLarge` where the store could not take the document. `sent`: bytes of the body that it was made of.
 */
export function checkDocumentSize(document: JsonObject, sent = Number.POSITIVE_INFINITY): void {
  if (sent * MAX_GROWTH <= MAX_DOCUMENT_BYTES) return
  if (Buffer.byteLength(JSON.stringify(document)) > MAX_DOCUMENT_BYTES) throw documentTooLarge()
}
