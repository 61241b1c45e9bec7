import type { Resource } from '../schemas/resource'
import { invalidFilter, type Token } from './filterTokens'

/** Parameter aliases by name, `@p` included, with their values unparsed. */
export type Aliases = ReadonlyMap<string, string>

/** The state of the `$filter` parser. */
export interface Parser {
  readonly tokens: readonly Token[]
  readonly filterTargets: Resource['filterTargets']
  readonly includeUnknownEnumMembers: boolean
  readonly aliases: Aliases
  position: number
  open: number
}

/** The operators of `$filter`, and its functions: those that compare, and those that change the case of a string. */
export const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in']
export const MATCHES = ['startswith', 'endswith', 'contains']
export const CASINGS = ['tolower', 'toupper']

/** The end of the message for a filter that cannot be parsed. */
export const SYNTAX = `Operators are ${OPERATORS.join(', ')}; functions are ${[...MATCHES, ...CASINGS].join(', ')}; they combine with and, or, not and parentheses.`

/** The next token, or one of those after it, without reading it. */
export function peek({ tokens, position }: Parser, ahead = 0): Token {
  return tokens[position + ahead] ?? { kind: 'end', value: '', at: 0 }
}

/** Reads a token. */
export function next(parser: Parser): Token {
  const token = peek(parser)
  parser.position += 1
  return token
}

/** The token's word in lower case. */
export function wordOf({ kind, value }: Token): string | undefined {
  return kind === 'word' ? value.toLowerCase() : undefined
}

/** Whether a token is this word. */
export function isWord(token: Token, word: string): boolean {
  return wordOf(token) === word
}

/** Reads a token of this kind; throws `invalidQueryOption` where it is another. */
export function expect(parser: Parser, kind: Token['kind']): void {
  const token = next(parser)
  if (token.kind !== kind) throw invalidFilter(`$filter needs '${kind}' at character ${token.at + 1}. ${SYNTAX}`)
}
