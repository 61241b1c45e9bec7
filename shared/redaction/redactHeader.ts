import { findJwts } from './jwts'
import { isChallenge, isSecretHeader } from './secretNames'
import { replaceSpans, type Span, shift } from './spans'
import { findInUrl, isUrl, mayHaveSecrets } from './urlSecrets'

interface Header {
  readonly name?: string | null | undefined
  readonly value?: string | null | undefined
}

/**
 * Replaces the value of a header that carries a secret, and in any other credentials, tokens and the secrets of URLs.
 */
export function redactHeader<T extends Header>(header: T): T {
  const { name, value } = header
  if (typeof value !== 'string') return header
  const redacted = redactValue(name ?? '', value)
  return redacted === value ? header : { ...header, value: redacted }
}

function redactValue(name: string, value: string): string {
  if (isSecretHeader(name)) return replaceSpans(value, [{ start: 0, end: value.length }])
  return replaceSpans(value, [...findCredentials(name, value), ...findInUrls(value), ...findJwts(value)])
}

// Everything after the name of a scheme, because some credentials are lists.
function findCredentials(name: string, value: string): Span[] {
  const scheme = /(?<![a-z0-9])(?:bearer|basic|sharedkey|sharedaccesssignature)[ \t]/i.exec(value)
  if (scheme === null || isChallenge(name)) return []
  const after = scheme.index + scheme[0].length
  const blanks = value.length - after - value.slice(after).trimStart().length
  const end = value.trimEnd().length
  return after + blanks < end ? [{ start: after + blanks, end }] : []
}

// Link has its URLs in angle brackets, where they may contain spaces; elsewhere a URL ends at a space.
function findInUrls(value: string): Span[] {
  if (!mayHaveSecrets(value)) return []
  if (!/^\s*</.test(value) && isUrl(value)) return findInUrl(value)
  return [...value.matchAll(/<[^<>]+|[^\s<>"]+/g)].flatMap(({ 0: piece, index }) => {
    if (piece.startsWith('<')) return shift(findInUrl(piece.slice(1)), index + 1)
    return isUrl(piece) ? shift(findInUrl(piece), index) : []
  })
}
