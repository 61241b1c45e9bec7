import { ApiError } from '../errors'

/** A piece of `$filter`: a string in quotes, a word (name, keyword, number, date, GUID), or a mark. `at` counts from 0. */
export interface Token {
  readonly kind: 'string' | 'word' | '(' | ')' | ',' | 'end'
  readonly value: string
  readonly at: number
}

/** Characters of a filter. */
export const MAX_LENGTH = 8_000
const PIECE = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s(),']+))/y

/** The failure of a `$filter` that cannot be answered. */
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
    // The pattern lets nothing else be a mark.
    else if (mark !== undefined) tokens.push({ kind: mark as '(' | ')' | ',', value: mark, at })
    else tokens.push({ kind: 'word', value: word ?? '', at })
  }
  return [...tokens, { kind: 'end', value: '', at: text.length }]
}
