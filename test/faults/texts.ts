import fc, { type Arbitrary } from 'fast-check'

/** Mostly the one, sometimes the other. */
export const often = <T>(weight: number, usual: Arbitrary<T>, other: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other })

export const guid = fc.uuid()
/** Strings that clients get wrong. */
export const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', 'null', "'", '"', '\u0000', '__proto__', 'a'.repeat(300), '\ud800', '../..', '%00'),
)

/** Without halves of surrogate pairs, which no URL holds. */
export const wellFormed = (value: string): string => Buffer.from(value).toString()

/** A segment of a path. */
export const segment = text.map((value) => encodeURIComponent(wellFormed(value)))
