import type { FilterTarget } from '../schemas/filterTargets'
import { expect, isWord, MATCHES, next, OPERATORS, type Parser, peek, SYNTAX, wordOf } from './filterParser'
import { invalidFilter, type Token, tokenize } from './filterTokens'
import type { Literal, Operator, Term } from './filterTree'
import { isNull, parseLiteral } from './literal'

/** Parses one term: a comparison, a function, `any`, or a Boolean property alone. Throws `invalidQueryOption`. */
export function parseTerm(parser: Parser, negated: boolean): Term {
  const word = wordOf(peek(parser)) ?? ''
  const isCall = peek(parser, 1).kind === '('
  if (isCall && MATCHES.includes(word)) return parseMatch(parser, negated)
  if (isCall && word.endsWith('/any')) return parseAny(parser, negated)
  return parseComparison(parser, negated)
}

// `contains(name,'x')` and similar functions.
function parseMatch(parser: Parser, negated: boolean): Term {
  const name = wordOf(next(parser)) ?? ''
  expect(parser, '(')
  const operand = parseOperand(parser)
  checkString(operand.target, name)
  expect(parser, ',')
  const values = parseValues(parser, operand)
  expect(parser, ')')
  if (values.includes(null)) throw invalidFilter(`${name} needs a string in single quotes, not null.`)
  // parseMatch is only called with one of MATCHES, each of which is an operator.
  return { kind: 'term', ...operand, operator: name as Operator, values, negated }
}

// `path/any(t:t eq 'x')`, also with `in`, or with several joined by `or`.
function parseAny(parser: Parser, negated: boolean): Term {
  const token = next(parser)
  const path = token.value.slice(0, -'/any'.length)
  const target = findTarget(parser, { ...token, value: path })
  if (!target.collection) throw invalidFilter(`'${path}' is not a collection: any cannot be used with it.`)
  expect(parser, '(')
  const variable = parseVariable(parser, path)
  const values: Literal[] = []
  do {
    if (values.length > 0 && next(parser).value !== variable) throw invalidAny(path)
    const operator = wordOf(next(parser))
    if (operator !== 'eq' && operator !== 'in') throw invalidAny(path)
    values.push(...(operator === 'in' ? parseList(parser, { target }) : parseValues(parser, { target })))
  } while (isWord(peek(parser), 'or') && next(parser))
  expect(parser, ')')
  return { kind: 'term', target, operator: 'any', values, negated }
}

// `t:t`, which may have blanks around the colon.
function parseVariable(parser: Parser, path: string): string {
  let text = ''
  for (let pieces = 0; pieces < 3 && !/:\w/.test(text); pieces += 1) text += next(parser).value
  const [, declared, used = ''] = /^(\w+):(\w+)$/.exec(text) ?? []
  if (declared !== used) throw invalidAny(path)
  return used
}

function parseComparison(parser: Parser, negated: boolean): Term {
  const operand = parseOperand(parser)
  const { target } = operand
  const path = target.path.join('/')
  if (target.collection) throw invalidFilter(`'${path}' is a collection: use ${path}/any(t:t eq …).`)
  const operator = wordOf(peek(parser)) ?? ''
  if (!OPERATORS.includes(operator)) {
    if (target.type.kind !== 'primitive' || target.type.name !== 'Edm.Boolean' || !endsTerm(peek(parser))) {
      throw invalidFilter(`Expected an operator after '${path}'. ${SYNTAX}`)
    }
    return { kind: 'term', target, operator: 'eq', values: [true], negated }
  }
  next(parser)
  if (operator === 'in') {
    return { kind: 'term', ...operand, operator: 'eq', values: parseList(parser, operand), negated }
  }
  const isEquality = operator === 'eq' || operator === 'ne'
  if (!isEquality && (target.type.kind === 'enum' || operand.casing !== undefined))
    throw invalidFilter(`'${path}' can be compared with eq, ne and in only.`)
  const values = parseValues(parser, operand)
  if (isEquality) return { kind: 'term', ...operand, operator: 'eq', values, negated: negated !== (operator === 'ne') }
  if (values.includes(null)) throw invalidFilter('null can be compared with eq, ne and in only.')
  // What is left of OPERATORS are operators of the tree.
  return { kind: 'term', ...operand, operator: operator as Operator, values, negated }
}

type Operand = Pick<Term, 'target' | 'casing'>

// A property, or tolower or toupper of one.
function parseOperand(parser: Parser): Operand {
  const token = next(parser)
  const word = wordOf(token) ?? ''
  if (peek(parser).kind !== '(' || token.kind !== 'word') return { target: findTarget(parser, token) }
  if (word !== 'tolower' && word !== 'toupper') {
    throw invalidFilter(`'${token.value.slice(0, 64)}' is not a function that can be used here. ${SYNTAX}`)
  }
  expect(parser, '(')
  const target = findTarget(parser, next(parser))
  checkString(target, word)
  expect(parser, ')')
  return { target, casing: word }
}

function parseList(parser: Parser, operand: Operand): Literal[] {
  expect(parser, '(')
  const values: Literal[] = []
  do values.push(...parseValues(parser, operand))
  while (peek(parser).kind === ',' && next(parser))
  expect(parser, ')')
  return values
}

// The values of a literal: several where it stands for hidden members.
function parseValues(parser: Parser, operand: Operand): readonly Literal[] {
  const token = peek(parser)
  if (token.kind === 'word' && token.value.startsWith('@')) return parseAlias(parser, operand)
  next(parser)
  if (isNull(token)) return [null]
  const { type } = operand.target
  // The literal of an enumeration may have its type in front.
  const hasType = type.kind === 'enum' && token.kind === 'word' && token.value.endsWith(`.${type.name}`)
  const literal = hasType && peek(parser).kind === 'string' ? next(parser) : token
  return parseLiteral(operand.target, literal, parser.includeUnknownEnumMembers, operand.casing)
}

// An alias without a value is null (OData 4.01 part 1, 11.2.6.1.3). An alias of an alias is refused.
function parseAlias(parser: Parser, operand: Operand): readonly Literal[] {
  const { value: name } = next(parser)
  const tokens = tokenize(parser.aliases.get(name) ?? 'null')
  const [first] = tokens
  const inner: Parser = { ...parser, tokens, position: 0 }
  const values = first?.value.startsWith('@') === true && first.kind === 'word' ? [] : parseValues(inner, operand)
  if (values.length > 0 && peek(inner).kind === 'end') return values
  throw invalidFilter(`The parameter alias '${name.slice(0, 64)}' must be one literal.`)
}

function findTarget({ filterTargets }: Parser, { kind, value, at }: Token): FilterTarget {
  const target = kind === 'word' ? filterTargets.get(value.toLowerCase()) : undefined
  if (target !== undefined) return target
  const paths = [...filterTargets.values()].map(({ path }) => path.join('/')).join(', ')
  throw invalidFilter(`$filter needs a property at character ${at + 1} that can be filtered: ${paths}.`)
}

function checkString({ path, type }: FilterTarget, name: string): void {
  if (type.kind === 'primitive' && type.name === 'Edm.String') return
  throw invalidFilter(`${name} needs a string property; '${path.join('/')}' is not one.`)
}

function invalidAny(path: string): Error {
  return invalidFilter(`Expected ${path}/any(t:t eq …).`)
}

// Tokens that may follow a Boolean property without an operator.
function endsTerm(token: Token): boolean {
  return token.kind === 'end' || token.kind === ')' || isWord(token, 'and') || isWord(token, 'or')
}
