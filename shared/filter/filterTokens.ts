import { ApiError } from '../errors'

/** A token of `$filter`: a quoted string, a word (name, keyword, number, date, GUID) or punctuation, and its index. */
export interface Token {
  readonly kind: 'string' | 'word' | '(' | ')' | ',' | 'end'
  readonly value: string
  readonly at: number
}

/** The most characters in a filter. */
export const MAX_LENGTH = 8_000
const PIECE = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s(),']+))/y

/** The failure of a `$filter` that is invalid or not supported. */
export function invalidFilter(message: string): ApiError {
  return new ApiError('invalidQueryOption', message, { target: '$filter' })
}

/** Cuts a filter into its tokens; throws `invalidQueryOption` where a quote is not closed. */
export function tokenize(filter: string): Token[] {
  if (filter.length > MAX_LENGTH) throw invalidFilter(`$filter must not be longer than ${MAX_LENGTH} characters.`)
  const text = filter.trimEnd()
  const tokens: Token[] = []
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < text.length) {
    const from = PIECE.lastIndex
    const match = PIECE.exec(text)
    if (match === null) throw invalidFilter(`$filter has a quote that is not closed, near character ${from + 1}.`)
    const [piece, quoted, mark, word] = match
    const at = PIECE.lastIndex - piece.trimStart().length
    if (quoted !== undefined) tokens.push({ kind: 'string', value: quoted.replaceAll("''", "'"), at })
    // The pattern matches no other mark.
    else if (mark !== undefined) tokens.push({ kind: mark as '(' | ')' | ',', value: mark, at })
    else tokens.push({ kind: 'word', value: word ?? '', at })
  }
  return [...tokens, { kind: 'end', value: '', at: text.length }]
}
