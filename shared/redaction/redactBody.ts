import { findInJson } from './jsonSecrets'
import { findJwts } from './jwts'
import { FORM } from './parameters'
import { replaceSpans, type Span } from './spans'
import { findInParameters } from './urlSecrets'

/**
 * Replaces the secrets in a recorded body: in a form, in JSON, and tokens in anything else. The format is detected
 * from the body, since the Content-Type header may be missing, wrong, or changed by a later PATCH.
 */
export function redactBody(body: string): string {
  return replaceSpans(body, [...findInBody(body), ...findJwts(body)])
}

// A form begins with a name and `=`; a URL, markup or a sentence does not.
const STARTS_LIKE_FORM = /^\s*[^\s=<>"'{}()/?#\\;,]*=/

// An object, a string or an array; `[redacted]` is what a token at the start has left.
const STARTS_LIKE_JSON = /^\s*(?:[{"]|\[(?!redacted\]))/

function findInBody(body: string): Span[] {
  if (STARTS_LIKE_FORM.test(body)) return findInParameters(body, FORM)
  return STARTS_LIKE_JSON.test(body) ? findInJson(body) : []
}
