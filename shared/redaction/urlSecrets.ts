import { decodePercent } from './decoded'
import { findJwts } from './jwts'
import { findParameters, type Grammar, PATH, QUERY } from './parameters'
import { type Span, shift } from './spans'

/**
 * Finds the secrets of a URL: the password of a userinfo, the secret parameters of path, query and fragment, those of a
 * URL inside a value, and tokens.
 */
export function findInUrl(url: string): Span[] {
  return findIn(url, false)
}

/** Finds the secrets in parameters, and in URLs that are the value of one, as they are or percent-encoded. */
export function findInParameters(text: string, grammar: Grammar): Span[] {
  return findInPairs(text, 0, grammar, false)
}

// A scheme and a slash; or http(s) and the like, after which a URL parser accepts any number of slashes; or a path.
const ABSOLUTE = /^\s*(?:[a-z][a-z0-9+.-]*:[\\/]|(?:https?|wss?|ftp):|[\\/])/i

// A query or fragment without a space before it: `what? how`, for example, is not a URL.
const RELATIVE = /^\s*[^\s?#]*[?#](?!\s)/

/** Whether a string is a URL, judged by its beginning. */
export function isUrl(text: string): boolean {
  return ABSOLUTE.test(text) || RELATIVE.test(text)
}

/** A cheap check before searching URLs for secrets: most have no value, no userinfo and no token. */
export function mayHaveSecrets(text: string): boolean {
  return /[=@]|%3d|%40|eyJ/i.test(text)
}

// The first colon of a userinfo ends the name; the last `@` before path, query or fragment ends the password.
const USERINFO = /^(\s*(?:(?:https?|wss?|ftp):[\\/]*|(?:[a-z][a-z0-9+.-]*:)?[\\/]{2})[^\\/?#:]*:)([^\\/?#]*)@/i

function findIn(url: string, isInner: boolean): Span[] {
  if (!mayHaveSecrets(url)) return []
  const query = indexOr(url, /[?#]/, url.length)
  const fragment = indexOr(url.slice(query), /#/, url.length - query) + query
  const [userinfo = '', user = '', password = ''] = USERINFO.exec(url) ?? []
  const passwords = userinfo === '' ? [] : [{ start: user.length, end: user.length + password.length }]
  return passwords.concat(
    findInPath(url.slice(userinfo.length, query), userinfo.length),
    findInPairs(url.slice(query + 1, fragment), query + 1, QUERY, isInner),
    findInPairs(url.slice(fragment + 1), fragment + 1, QUERY, isInner),
    findJwts(url),
  )
}

function findInPath(path: string, offset: number): Span[] {
  return path.includes(';') ? shift(findParameters(path, PATH).secret, offset) : []
}

function findInPairs(text: string, offset: number, grammar: Grammar, isInner: boolean): Span[] {
  if (text === '') return []
  const { secret, other } = findParameters(text, grammar)
  const inside = isInner ? [] : other.flatMap(({ start, end }) => findInValue(text.slice(start, end), start))
  return shift(secret.concat(inside), offset)
}

// Parsing the pairs has found everything that is not encoded, except the password of a userinfo.
function findInValue(value: string, offset: number): Span[] {
  if (!/@|%3d|%40|%2e/i.test(value)) return []
  const { text, toRaw } = decodePercent(value)
  return shift(toRaw(findIn(text, true)), offset)
}

function indexOr(text: string, wanted: RegExp, otherwise: number): number {
  const index = text.search(wanted)
  return index === -1 ? otherwise : index
}
