import type { Property, Structure } from '../schemas/property'
import { invalidFilter, type Token, tokenize } from './filterTokens'
import { checkBounds, type Filter, join, type Literal, type Operator, type Term } from './filterTree'
import { isNull, parseLiteral } from './literal'

const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in']
const FUNCTIONS = ['startswith', 'endswith', 'contains']
const MAX_PARENTHESES = 200

const SYNTAX = `Operators are ${OPERATORS.join(', ')}; functions are ${FUNCTIONS.join(', ')}; they combine with and, or, not and parentheses.`

/**
 * Reads `$filter`, undefined where it is absent, against the properties that can be filtered. `includeUnknownEnumMembers`: the client knows the hidden
 * members of evolvable enumerations. Throws `invalidQueryOption` with a message that says what would work.
 */
export function parseFilter(
  filter: string | undefined,
  structure: Structure,
  includeUnknownEnumMembers: boolean,
): Filter | undefined {
  if (filter === undefined) return undefined
  const parser: Parser = { tokens: tokenize(filter), structure, includeUnknownEnumMembers, position: 0, open: 0 }
  const tree = parseOr(parser, false)
  const rest = next(parser)
  if (rest.kind !== 'end') throw invalidFilter(`$filter cannot be read from character ${rest.at + 1} on. ${SYNTAX}`)
  checkBounds(tree)
  return tree
}

interface Parser {
  readonly tokens: readonly Token[]
  readonly structure: Structure
  readonly includeUnknownEnumMembers: boolean
  position: number
  open: number
}

// Under a negation `and` and `or` change places (De Morgan), so that the store never has to negate more than a term.
function parseOr(parser: Parser, negated: boolean): Filter {
  const parts = [parseAnd(parser, negated)]
  while (wordOf(peek(parser)) === 'or' && next(parser)) parts.push(parseAnd(parser, negated))
  return join(negated ? 'and' : 'or', parts)
}

function parseAnd(parser: Parser, negated: boolean): Filter {
  const parts = [parseUnary(parser, negated)]
  while (wordOf(peek(parser)) === 'and' && next(parser)) parts.push(parseUnary(parser, negated))
  return join(negated ? 'or' : 'and', parts)
}

function parseUnary(parser: Parser, outer: boolean): Filter {
  let negated = outer
  while (wordOf(peek(parser)) === 'not') {
    next(parser)
    negated = !negated
  }
  if (peek(parser).kind === '(') return parseParentheses(parser, negated)
  const token = next(parser)
  const word = wordOf(token)
  if (word !== undefined && FUNCTIONS.includes(word) && peek(parser).kind === '(')
    return parseFunction(parser, word, negated)
  return parseComparison(parser, parseProperty(parser, token), negated)
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

function parseFunction(parser: Parser, name: string, negated: boolean): Term {
  expect(parser, '(')
  const property = parseProperty(parser, next(parser))
  const { type } = property
  if (type.kind !== 'primitive' || type.name !== 'Edm.String') {
    throw invalidFilter(`${name} needs a string property; '${property.name}' is not one.`)
  }
  expect(parser, ',')
  const values = parseLiteral(property, next(parser), parser.includeUnknownEnumMembers)
  expect(parser, ')')
  // parseFunction is only called with one of FUNCTIONS, each of which is an operator.
  return { kind: 'term', property, operator: name as Operator, values, negated }
}

function parseComparison(parser: Parser, property: Property, negated: boolean): Term {
  const token = next(parser)
  const operator = wordOf(token) ?? ''
  if (!OPERATORS.includes(operator)) {
    throw invalidFilter(`Expected an operator after '${property.name}'. ${SYNTAX}`)
  }
  if (operator === 'in') return { kind: 'term', property, operator: 'eq', values: parseList(parser, property), negated }
  const isEquality = operator === 'eq' || operator === 'ne'
  if (!isEquality && property.type.kind === 'enum')
    throw invalidFilter(`'${property.name}' can be compared with eq, ne and in only.`)
  const literal = next(parser)
  if (isNull(literal) && !isEquality) throw invalidFilter('null can be compared with eq, ne and in only.')
  const values = isNull(literal) ? [null] : parseLiteral(property, literal, parser.includeUnknownEnumMembers)
  if (isEquality) return { kind: 'term', property, operator: 'eq', values, negated: negated !== (operator === 'ne') }
  // What is left of OPERATORS are operators of the tree.
  return { kind: 'term', property, operator: operator as Operator, values, negated }
}

function parseList(parser: Parser, property: Property): Literal[] {
  expect(parser, '(')
  const values: Literal[] = []
  do {
    const token = next(parser)
    values.push(...(isNull(token) ? [null] : parseLiteral(property, token, parser.includeUnknownEnumMembers)))
  } while (peek(parser).kind === ',' && next(parser))
  expect(parser, ')')
  return values
}

function parseProperty({ structure }: Parser, { kind, value, at }: Token): Property {
  const property = kind === 'word' ? structure.properties.get(value) : undefined
  if (property?.filter === true) return property
  const names = [...structure.properties.values()].filter(({ filter }) => filter === true).map(({ name }) => name)
  throw invalidFilter(`$filter needs a property at character ${at + 1} that can be filtered: ${names.join(', ')}.`)
}

function peek({ tokens, position }: Parser): Token {
  return tokens[position] ?? { kind: 'end', value: '', at: 0 }
}

function next(parser: Parser): Token {
  const token = peek(parser)
  parser.position += 1
  return token
}

function wordOf({ kind, value }: Token): string | undefined {
  return kind === 'word' ? value.toLowerCase() : undefined
}

function expect(parser: Parser, kind: Token['kind']): void {
  const token = next(parser)
  if (token.kind !== kind) throw invalidFilter(`$filter needs '${kind}' at character ${token.at + 1}. ${SYNTAX}`)
}
