import fc from 'fast-check'
import type { Collection, Document, Property, Value } from './properties'

/** A literal: what it means, and how it is written this time. */
interface Literal {
  readonly value: Value
  readonly text: string
}

type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
type Call = 'startswith' | 'endswith' | 'contains'

/** A filter as OData has it. `text` is it written down, ready to stand beside `and`. */
export type Filter = { readonly text: string } & (
  | { readonly kind: 'compare'; readonly property: Property; readonly operator: Comparison; readonly literal: Literal }
  | { readonly kind: 'in'; readonly property: Property; readonly literals: readonly Literal[] }
  | { readonly kind: 'call'; readonly property: Property; readonly name: Call; readonly literal: Literal }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'or'; readonly parts: readonly Filter[] }
)

const anyCase = (word: string): fc.Arbitrary<string> =>
  fc.constantFrom(word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1))

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const pad = (number: number): string => String(number).padStart(2, '0')

// The same instant, in another zone and with another number of digits.
const writeDate = (value: string, offset: number, extra: string): string => {
  const fraction = value.slice(20, 27)
  const digits = extra === '' ? fraction.replace(/0+$/, '') : fraction + extra
  const wall = new Date(Date.parse(`${value.slice(0, 19)}Z`) + offset * 60_000).toISOString().slice(0, 19)
  const sign = offset < 0 ? '-' : '+'
  const zone = offset === 0 ? 'Z' : `${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
  const short = wall.endsWith(':00') && digits === '' ? wall.slice(0, -3) : wall
  return `${short}${digits === '' ? '' : `.${digits}`}${zone}`
}

const dateText = (value: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(0, 330, -480, 840, -1), fc.constantFrom('', '9', '99999', '0'))
    .map(([offset, extra]) => writeDate(value, offset, extra))

const writers: Readonly<Record<Property['type'], (value: string) => fc.Arbitrary<string>>> = {
  guid: (value) => fc.constantFrom(value, value.toUpperCase(), quoted(value), quoted(value.toUpperCase())),
  text: (value) => fc.constant(quoted(value)),
  enum: (value) => fc.constant(quoted(value)),
  date: dateText,
  int: (value) =>
    fc.constantFrom(value, value.replace(/^(-?)/, '$10')).filter((written) => /^-?\d{1,10}$/.test(written)),
  boolean: anyCase,
}

const literalOf = (
  { type, pool, hidden = [] }: Property,
  includeUnknownEnumMembers: boolean,
): fc.Arbitrary<Literal> => {
  const known = pool.filter((value) => includeUnknownEnumMembers || !hidden.includes(String(value)))
  return fc.constantFrom(...known).chain((value) => writers[type](String(value)).map((text) => ({ value, text })))
}

const nullLiteral: fc.Arbitrary<Literal> = anyCase('null').map((text) => ({ value: null, text }))

const compare = (property: Property, includeUnknownEnumMembers: boolean): fc.Arbitrary<Filter> => {
  const literal = literalOf(property, includeUnknownEnumMembers)
  const equality = fc.tuple(
    fc.constantFrom<Comparison[]>('eq', 'ne'),
    fc.oneof({ weight: 4, arbitrary: literal }, nullLiteral),
  )
  const order = fc.tuple(fc.constantFrom<Comparison[]>('gt', 'ge', 'lt', 'le'), literal)
  const either = property.type === 'enum' ? equality : fc.oneof(equality, order)
  return either.chain(([operator, right]) =>
    anyCase(operator).map((word) => ({
      kind: 'compare' as const,
      property,
      operator,
      literal: right,
      text: `${property.name} ${word}  ${right.text}`,
    })),
  )
}

const isIn = (property: Property, includeUnknownEnumMembers: boolean): fc.Arbitrary<Filter> => {
  const literal = fc.oneof({ weight: 6, arbitrary: literalOf(property, includeUnknownEnumMembers) }, nullLiteral)
  const list = fc.array(literal, { minLength: 1, maxLength: 4 })
  return fc.tuple(list, anyCase('in'), fc.constantFrom(',', ' , ')).map(([literals, word, comma]) => ({
    kind: 'in',
    property,
    literals,
    text: `${property.name} ${word} (${literals.map(({ text }) => text).join(comma)})`,
  }))
}

const call = (property: Property): fc.Arbitrary<Filter> => {
  const piece = fc.tuple(fc.constantFrom(...property.pool.map(String)), fc.nat(3), fc.nat(3))
  const value = piece.map(([text, from, length]) => [...text].slice(from % 2, from + length).join(''))
  return fc.tuple(fc.constantFrom<Call[]>('startswith', 'endswith', 'contains'), value).chain(([name, part]) =>
    anyCase(name).map((word) => ({
      kind: 'call' as const,
      property,
      name,
      literal: { value: part, text: quoted(part) },
      text: `${word}( ${property.name},${quoted(part)})`,
    })),
  )
}

const termOf = ({ properties }: Collection, includeUnknownEnumMembers: boolean): fc.Arbitrary<Filter> =>
  fc
    .constantFrom(...properties)
    .chain((property) =>
      fc.oneof(
        { weight: 3, arbitrary: compare(property, includeUnknownEnumMembers) },
        isIn(property, includeUnknownEnumMembers),
        ...(property.type === 'text' ? [call(property)] : []),
      ),
    )

const negate = (inner: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.tuple(inner, anyCase('not'), fc.boolean()).map(([part, word, bare]) => {
    const isTerm = part.kind !== 'and' && part.kind !== 'or'
    return { kind: 'not', part, text: bare && isTerm ? `${word} ${part.text}` : `${word} (${part.text})` }
  })

const joined = (kind: 'and' | 'or', inner: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc
    .tuple(fc.array(inner, { minLength: 2, maxLength: 3 }), anyCase(kind), fc.boolean())
    .map(([parts, word, wrapped]) => {
      const looser = kind === 'and' ? 'or' : undefined
      const texts = parts.map((part) => (part.kind === looser || wrapped ? `(${part.text})` : part.text))
      return { kind, parts, text: texts.join(` ${word} `) }
    })

/** Valid filters on a collection; `and` and `or` lie three deep at most. */
export const filterOf = (collection: Collection, includeUnknownEnumMembers: boolean): fc.Arbitrary<Filter> => {
  let level = termOf(collection, includeUnknownEnumMembers)
  for (let depth = 0; depth < 3; depth++) {
    const inner = fc.oneof({ weight: 3, arbitrary: level }, negate(level))
    level = fc.oneof(inner, joined('and', inner), joined('or', inner))
  }
  return fc.oneof({ weight: 4, arbitrary: level }, negate(level))
}

const compareValues = (operator: Comparison, left: Value, right: Value): boolean => {
  if (operator === 'eq') return left === right
  if (operator === 'ne') return left !== right
  if (left === null || right === null) return false
  if (operator === 'gt') return left > right
  if (operator === 'ge') return left >= right
  return operator === 'lt' ? left < right : left <= right
}

const seen = (document: Document, { name, hidden = [] }: Property, includeUnknownEnumMembers: boolean): Value => {
  // Documents of these tests have such values only.
  const value = (document[name] ?? null) as Value
  return !includeUnknownEnumMembers && hidden.includes(String(value)) ? 'unknownFutureValue' : value
}

/** Whether a filter lets a document through, as OData says: a comparison with null is false, but for `eq` and `ne`. */
export const holds = (filter: Filter, document: Document, includeUnknownEnumMembers: boolean): boolean => {
  if (filter.kind === 'and') return filter.parts.every((part) => holds(part, document, includeUnknownEnumMembers))
  if (filter.kind === 'or') return filter.parts.some((part) => holds(part, document, includeUnknownEnumMembers))
  if (filter.kind === 'not') return !holds(filter.part, document, includeUnknownEnumMembers)
  const value = seen(document, filter.property, includeUnknownEnumMembers)
  if (filter.kind === 'in') return filter.literals.some((literal) => literal.value === value)
  if (filter.kind === 'compare') return compareValues(filter.operator, value, filter.literal.value)
  if (typeof value !== 'string') return false
  const part = String(filter.literal.value)
  if (filter.name === 'startswith') return value.startsWith(part)
  return filter.name === 'endswith' ? value.endsWith(part) : value.includes(part)
}
