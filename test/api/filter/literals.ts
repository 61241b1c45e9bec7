import fc from 'fast-check'
import type { Property, Value } from './properties'

/** A literal: what it means, and how it is written this time; `alias` is what stands behind an alias. */
export interface Literal {
  readonly value: Value
  readonly text: string
  readonly alias?: string
}

/** A word in one of three cases. */
export const anyCase = (word: string): fc.Arbitrary<string> =>
  fc.constantFrom(word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1))

/** A string as a literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const pad = (number: number): string => String(number).padStart(2, '0')

// The same instant, in another zone and with another number of digits.
const writeDate = (value: string, offset: number, extra: string): string => {
  const fraction = value.slice(20, 27)
  const digits = extra === '' ? fraction.replace(/0+$/, '') : fraction + extra
  const wall = new Date(Date.parse(`${value.slice(0, 19)}Z`) + offset * 60_000).toISOString().slice(0, 19)
  const sign = offset < 0 ? '-' : '+'
  const zone = offset === 0 ? 'Z' : `${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
  if (offset === 0 && extra === '' && wall.endsWith('T00:00:00') && digits === '') return wall.slice(0, 10)
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

/** A literal of a property's own values. */
export const literalOf = (
  { type, typeName = '', pool, hidden = [] }: Property,
  includeUnknownEnumMembers: boolean,
): fc.Arbitrary<Literal> => {
  const known = pool.filter((value) => includeUnknownEnumMembers || !hidden.includes(String(value)))
  const prefix = fc.constantFrom('', typeName)
  return fc
    .constantFrom(...known)
    .chain((value) =>
      fc.tuple(writers[type](String(value)), prefix).map(([text, type]) => ({ value, text: type + text })),
    )
    .chain(maybeAlias)
}

// The name of an alias follows from its value, so that no two are the same.
export const maybeAlias = (literal: Literal): fc.Arbitrary<Literal> =>
  fc.option(fc.constant(true), { freq: 4 }).map((isPlain) => {
    if (isPlain !== null) return literal
    return { ...literal, text: `@p${Buffer.from(literal.text).toString('hex')}`, alias: literal.text }
  })

// An alias that is not given is null.
export const nullLiteral: fc.Arbitrary<Literal> = fc
  .oneof(anyCase('null'), fc.constant('@nothing'))
  .map((text) => ({ value: null, text }))

/** The path of a property, mostly as it is declared. */
export const spelt = ({ name }: Property): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(name) }, anyCase(name))
