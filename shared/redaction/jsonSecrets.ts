import { decodeJson } from './decoded'
import { isSecretMember } from './secretNames'
import { type Span, shift } from './spans'
import { findInUrl, isUrl, mayHaveSecrets } from './urlSecrets'

/**
 * Finds the secrets in JSON, which may be cut off or malformed: values of members with secret names at any depth, and
 * secrets in URLs. An object or an array is replaced as a whole. null, true and false stay: they only reveal whether
 * there is a secret.
 */
export function findInJson(text: string): Span[] {
  const found: Span[][] = []
  let from = 0
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', from)) {
    const end = stringEnd(text, quote)
    const string = text.slice(quote + 1, end)
    from = skipBlanks(text, end + 1)
    if (text[from] !== ':') found.push(findInString(string, quote + 1))
    else if (isSecretMember(decodeJson(string).text)) {
      const value = valueAt(text, skipBlanks(text, from + 1))
      found.push(value.spans)
      from = value.end
    }
  }
  return found.flat()
}

interface Value {
  readonly spans: Span[]
  /** Where to continue. */
  readonly end: number
}

function valueAt(text: string, start: number): Value {
  const first = text[start]
  if (first === '"') {
    const end = stringEnd(text, start)
    return { spans: [{ start: start + 1, end }], end: end + 1 }
  }
  const end = first === '{' || first === '[' ? bracketEnd(text, start) : literalEnd(text, start)
  const saysNothing = ['', 'null', 'true', 'false'].includes(text.slice(start, end))
  return { spans: saysNothing ? [] : [{ start, end, unquoted: true }], end }
}

function findInString(string: string, offset: number): Span[] {
  if (!string.includes('\\') && !mayHaveSecrets(string)) return []
  const { text, toRaw } = decodeJson(string)
  return isUrl(text) ? shift(toRaw(findInUrl(text)), offset) : []
}

// Index of the quote that ends a string, or the end of the text.
function stringEnd(text: string, quote: number): number {
  let end = text.indexOf('"', quote + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

// Whether an odd number of backslashes precedes the quote. Each backslash is counted once, which keeps this linear.
function isEscaped(text: string, quote: number): boolean {
  let start = quote
  while (text[start - 1] === '\\') start -= 1
  return (quote - start) % 2 === 1
}

function bracketEnd(text: string, bracket: number): number {
  const tokens = /["{}[\]]/g
  tokens.lastIndex = bracket
  let depth = 0
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (token[0] === '"') tokens.lastIndex = stringEnd(text, token.index) + 1
    else depth += token[0] === '{' || token[0] === '[' ? 1 : -1
    if (depth === 0) return token.index + 1
  }
  return text.length
}

function literalEnd(text: string, start: number): number {
  const literal = /[^\s,:"{}[\]]*/y
  literal.lastIndex = start
  literal.test(text)
  return literal.lastIndex
}

function skipBlanks(text: string, start: number): number {
  const blanks = /\s*/y
  // The end of a string that is cut off lies beyond the input, where a sticky pattern would start over at 0.
  blanks.lastIndex = Math.min(start, text.length)
  blanks.test(text)
  return blanks.lastIndex
}
