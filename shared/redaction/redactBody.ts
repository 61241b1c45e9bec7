import { findInJson } from './jsonSecrets'
import { findJwts } from './jwts'
import { FORM } from './parameters'
import { replaceSpans, type Span } from './spans'
import { findInParameters } from './urlSecrets'

/**
 * Replaces the secrets of a recorded body: of a form, of JSON, and tokens in any other text. What it is, is read from the
 * body itself, since the header that says so may be missing, wrong, or changed by a later PATCH.
 */
export function redactBody(body: string): string {
  return replaceSpans(body, [...findInBody(body), ...findJwts(body)])
}

// It begins with a name and `=`. A URL does not, nor does markup or a sentence.
const STARTS_LIKE_FORM = /^\s*[^\s=<>"'{}()/?#\\;,]*=/

// An object, a string or an array; `[redacted]` is what a token at the start has left.
const STARTS_LIKE_JSON = /^\s*(?:[{"]|\[(?!redacted\]))/

function findInBody(body: string): Span[] {
  if (STARTS_LIKE_FORM.test(body)) return findInParameters(body, FORM)
  return STARTS_LIKE_JSON.test(body) ? findInJson(body) : []
}
