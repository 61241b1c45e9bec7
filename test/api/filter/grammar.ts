import fc from 'fast-check'
import { anyCase, type Literal, literalOf, maybeAlias, nullLiteral, quoted, spelt } from './literals'
import type { Collection, Property } from './properties'

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type Call = 'startswith' | 'endswith' | 'contains'

export type Casing = 'tolower' | 'toupper' | undefined

export interface Operand {
  readonly property: Property
  readonly casing?: Casing
}

/** A filter as OData has it. `text` is it written down, ready to stand beside `and`. */
export type Filter = { readonly text: string } & (
  | ({ readonly kind: 'compare'; readonly operator: Comparison; readonly literal: Literal } & Operand)
  | ({ readonly kind: 'in'; readonly literals: readonly Literal[] } & Operand)
  | ({ readonly kind: 'any'; readonly literals: readonly Literal[] } & Operand)
  | ({ readonly kind: 'call'; readonly name: Call; readonly literal: Literal } & Operand)
  | ({ readonly kind: 'alone' } & Operand)
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'or'; readonly parts: readonly Filter[] }
)

// A property, or tolower or toupper of one.
const operandOf = (property: Property): fc.Arbitrary<Operand & { readonly text: string }> => {
  const casings: Casing[] = property.type === 'text' ? [undefined, undefined, 'tolower', 'toupper'] : [undefined]
  return fc
    .tuple(spelt(property), fc.constantFrom(...casings))
    .chain(([name, casing]) =>
      casing === undefined
        ? fc.constant({ property, text: name })
        : anyCase(casing).map((word) => ({ property, casing, text: `${word}( ${name} )` })),
    )
}

const compare = (property: Property, includeUnknownEnumMembers: boolean): fc.Arbitrary<Filter> => {
  const literal = literalOf(property, includeUnknownEnumMembers)
  const equality = fc.tuple(
    fc.constantFrom<Comparison[]>('eq', 'ne'),
    fc.oneof({ weight: 4, arbitrary: literal }, nullLiteral),
  )
  const order = fc.tuple(fc.constantFrom<Comparison[]>('gt', 'ge', 'lt', 'le'), literal)
  return operandOf(property).chain((operand) => {
    const isEqualityOnly = property.type === 'enum' || operand.casing !== undefined
    const either = isEqualityOnly ? equality : fc.oneof(equality, order)
    return either.chain(([operator, right]) =>
      anyCase(operator).map((word) => ({
        kind: 'compare' as const,
        ...operand,
        operator,
        literal: right,
        text: `${operand.text} ${word}  ${right.text}`,
      })),
    )
  })
}

const alone = (property: Property): fc.Arbitrary<Filter> =>
  spelt(property).map((text) => ({ kind: 'alone', property, text }))

// `path/any(t:t eq 'x' or t in ('y'))`
const any = (property: Property): fc.Arbitrary<Filter> => {
  const literals = fc.array(literalOf(property, true), { minLength: 1, maxLength: 3 })
  return fc.tuple(spelt(property), literals, anyCase('any'), fc.boolean()).map(([path, literals, word, isList]) => {
    const texts = literals.map(({ text }) => text)
    const inside = isList ? `t in (${texts.join(',')})` : texts.map((text) => `t eq ${text}`).join(' or ')
    return { kind: 'any', property, literals, text: `${path}/${word}(t: ${inside})` }
  })
}

const isIn = (property: Property, includeUnknownEnumMembers: boolean): fc.Arbitrary<Filter> => {
  const literal = fc.oneof({ weight: 6, arbitrary: literalOf(property, includeUnknownEnumMembers) }, nullLiteral)
  const list = fc.array(literal, { minLength: 1, maxLength: 4 })
  return fc
    .tuple(operandOf(property), list, anyCase('in'), fc.constantFrom(',', ' , '))
    .map(([operand, literals, word, comma]) => ({
      kind: 'in',
      ...operand,
      literals,
      text: `${operand.text} ${word} (${literals.map(({ text }) => text).join(comma)})`,
    }))
}

const call = (property: Property): fc.Arbitrary<Filter> => {
  const piece = fc.tuple(fc.constantFrom(...property.pool.map(String)), fc.nat(3), fc.nat(3))
  const value = piece.map(([text, from, length]) => [...text].slice(from % 2, from + length).join(''))
  return fc
    .tuple(operandOf(property), fc.constantFrom<Call[]>('startswith', 'endswith', 'contains'), value)
    .chain(([operand, name, part]) => {
      const literal = maybeAlias({ value: part, text: quoted(part) })
      return fc.tuple(anyCase(name), literal).map(([word, literal]) => ({
        kind: 'call' as const,
        ...operand,
        name,
        literal,
        text: `${word}( ${operand.text},${literal.text})`,
      }))
    })
}

const termOf = ({ properties }: Collection, includeUnknownEnumMembers: boolean): fc.Arbitrary<Filter> =>
  fc.constantFrom(...properties).chain((property) => {
    if (property.collection === true) return any(property)
    return fc.oneof(
      { weight: 3, arbitrary: compare(property, includeUnknownEnumMembers) },
      isIn(property, includeUnknownEnumMembers),
      ...(property.type === 'text' ? [call(property)] : []),
      ...(property.type === 'boolean' ? [alone(property)] : []),
    )
  })

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
