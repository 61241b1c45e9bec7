import { replaceSpans } from './spans'
import { findInUrl } from './urlSecrets'

/** Replaces the secrets of a URL. */
export function redactUrl(url: string): string {
  return replaceSpans(url, findInUrl(url))
}
