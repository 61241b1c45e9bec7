import type { Property, Structure } from '../schemas/model'
import { invalidFilter, type Token, tokenize } from './filterTokens'
import { checkBounds, type Filter, join, type Literal, type Operator, type Term } from './filterTree'
import { isNull, parseLiteral } from './literal'
import { costOf } from './sql'

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in']
const FUNCTIONS = ['startswith', 'endswith', 'contains']
const MAX_PARENTHESES = 200
const MAX_COST = 15_000

const SYNTAX = `Comparisons are ${COMPARISONS.join(', ')}; functions are ${FUNCTIONS.join(', ')}; they combine with and, or, not and parentheses.`

interface Parser {
  readonly tokens: readonly Token[]
  readonly structure: Structure
  readonly showHidden: boolean
  position: number
  open: number
}

const peek = ({ tokens, position }: Parser): Token => tokens[position] ?? { kind: 'end', value: '', at: 0 }

const next = (parser: Parser): Token => {
  const token = peek(parser)
  parser.position += 1
  return token
}

const wordOf = ({ kind, value }: Token): string | undefined => (kind === 'word' ? value.toLowerCase() : undefined)

const expect = (parser: Parser, kind: Token['kind']): void => {
  const token = next(parser)
  if (token.kind !== kind) throw invalidFilter(`$filter needs '${kind}' at character ${token.at + 1}. ${SYNTAX}`)
}

const parseProperty = ({ structure }: Parser, { kind, value, at }: Token): Property => {
  const property = kind === 'word' ? structure.properties.get(value) : undefined
  if (property?.rule.filter === true) return property
  const names = [...structure.properties.values()].filter(({ rule }) => rule.filter === true).map(({ name }) => name)
  throw invalidFilter(`$filter needs a property at character ${at + 1} that can be filtered: ${names.join(', ')}.`)
}

const term = (property: Property, operator: Operator, values: readonly Literal[], negated: boolean): Term => ({
  kind: 'term',
  property,
  operator,
  values,
  negated,
})

const parseList = (parser: Parser, property: Property): Literal[] => {
  expect(parser, '(')
  const values: Literal[] = []
  do {
    const token = next(parser)
    values.push(...(isNull(token) ? [null] : parseLiteral(property, token, parser.showHidden)))
  } while (peek(parser).kind === ',' && next(parser))
  expect(parser, ')')
  return values
}

const parseFunction = (parser: Parser, name: string, negated: boolean): Term => {
  expect(parser, '(')
  const property = parseProperty(parser, next(parser))
  const { type } = property
  if (type.kind !== 'primitive' || type.name !== 'Edm.String') {
    throw invalidFilter(`${name} takes a property that is a text; '${property.name}' is none.`)
  }
  expect(parser, ',')
  const values = parseLiteral(property, next(parser), parser.showHidden)
  expect(parser, ')')
  // parseFunction is only called with one of FUNCTIONS, each of which is an operator.
  return term(property, name as Operator, values, negated)
}

const parseComparison = (parser: Parser, property: Property, negated: boolean): Term => {
  const token = next(parser)
  const operator = wordOf(token) ?? ''
  if (!COMPARISONS.includes(operator)) {
    throw invalidFilter(`$filter needs a comparison behind '${property.name}'. ${SYNTAX}`)
  }
  if (operator === 'in') return term(property, 'eq', parseList(parser, property), negated)
  const isEquality = operator === 'eq' || operator === 'ne'
  if (!isEquality && property.type.kind === 'enum')
    throw invalidFilter(`'${property.name}' can be compared with eq, ne and in only.`)
  const literal = next(parser)
  if (isNull(literal) && !isEquality) throw invalidFilter('null can be compared with eq, ne and in only.')
  const values = isNull(literal) ? [null] : parseLiteral(property, literal, parser.showHidden)
  if (isEquality) return term(property, 'eq', values, negated !== (operator === 'ne'))
  // What is left of COMPARISONS are operators.
  return term(property, operator as Operator, values, negated)
}

const parseParentheses = (parser: Parser, negated: boolean): Filter => {
  parser.open += 1
  if (parser.open > MAX_PARENTHESES)
    throw invalidFilter(`$filter must not have more than ${MAX_PARENTHESES} open parentheses.`)
  expect(parser, '(')
  const filter = parseOr(parser, negated)
  expect(parser, ')')
  parser.open -= 1
  return filter
}

const parseUnary = (parser: Parser, outer: boolean): Filter => {
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

// Under a negation `and` and `or` change places (De Morgan), so that the store never has to negate more than a term.
const parseAnd = (parser: Parser, negated: boolean): Filter => {
  const parts = [parseUnary(parser, negated)]
  while (wordOf(peek(parser)) === 'and' && next(parser)) parts.push(parseUnary(parser, negated))
  return join(negated ? 'or' : 'and', parts)
}

const parseOr = (parser: Parser, negated: boolean): Filter => {
  const parts = [parseAnd(parser, negated)]
  while (wordOf(peek(parser)) === 'or' && next(parser)) parts.push(parseAnd(parser, negated))
  return join(negated ? 'and' : 'or', parts)
}

/**
 * Reads `$filter` against the properties that can be filtered. `showHidden`: the client knows the hidden members of
 * evolvable enumerations. Throws `invalidQueryOption` with a message that says what would work.
 */
export const parseFilter = (filter: string, structure: Structure, showHidden: boolean): Filter => {
  const parser: Parser = { tokens: tokenize(filter), structure, showHidden, position: 0, open: 0 }
  const tree = parseOr(parser, false)
  const rest = next(parser)
  if (rest.kind !== 'end') throw invalidFilter(`$filter cannot be read from character ${rest.at + 1} on. ${SYNTAX}`)
  checkBounds(tree)
  if (costOf(tree) > MAX_COST)
    throw invalidFilter('$filter is too complex: use fewer terms and functions, above all inside parentheses.')
  return tree
}
