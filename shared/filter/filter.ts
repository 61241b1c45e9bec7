import type { Resource } from '../schemas/resource'
import { type Aliases, expect, isWord, next, type Parser, peek, SYNTAX } from './filterParser'
import { parseTerm } from './filterTerm'
import { invalidFilter, tokenize } from './filterTokens'
import { checkBounds, type Filter, join } from './filterTree'

const MAX_PARENTHESES = 200

/**
 * Parses `$filter`, undefined where it is absent, against the filterable properties. `includeUnknownEnumMembers`: the
 * client knows the hidden members of evolvable enumerations. Throws `invalidQueryOption`, saying what is allowed.
 */
export function parseFilter(
  filter: string | undefined,
  { filterTargets }: Pick<Resource, 'filterTargets'>,
  includeUnknownEnumMembers: boolean,
  aliases: Aliases = new Map(),
): Filter | undefined {
  if (filter === undefined) return undefined
  const tokens = tokenize(filter)
  const parser: Parser = { tokens, filterTargets, includeUnknownEnumMembers, aliases, position: 0, open: 0 }
  const tree = parseOr(parser, false)
  const rest = next(parser)
  if (rest.kind !== 'end') throw invalidFilter(`$filter cannot be parsed from character ${rest.at + 1} on. ${SYNTAX}`)
  checkBounds(tree)
  return tree
}

// A negation swaps `and` and `or` (De Morgan), so that the store only ever negates single terms.
function parseOr(parser: Parser, negated: boolean): Filter {
  const parts = [parseAnd(parser, negated)]
  while (isWord(peek(parser), 'or') && next(parser)) parts.push(parseAnd(parser, negated))
  return join(negated ? 'and' : 'or', parts)
}

function parseAnd(parser: Parser, negated: boolean): Filter {
  const parts = [parseUnary(parser, negated)]
  while (isWord(peek(parser), 'and') && next(parser)) parts.push(parseUnary(parser, negated))
  return join(negated ? 'or' : 'and', parts)
}

function parseUnary(parser: Parser, outer: boolean): Filter {
  let negated = outer
  while (isWord(peek(parser), 'not') && next(parser)) negated = !negated
  if (peek(parser).kind === '(') return parseParentheses(parser, negated)
  return parseTerm(parser, negated)
}

function parseParentheses(parser: Parser, negated: boolean): Filter {
  parser.open += 1
  if (parser.open > MAX_PARENTHESES)
    throw invalidFilter(`$filter must not have more than ${MAX_PARENTHESES} open parentheses.`)
  expect(parser, '(')
  const filter = parseOr(parser, negated)
  expect(parser, ')')
  parser.open -= 1
  return filter
}
