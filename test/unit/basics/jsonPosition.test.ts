import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonError } from '../../../shared/basics/jsonPosition'

test.each([
  ['', 0],
  [' ', 1],
  ['position 777777', 0],
  ['{"a":position 777777}', 5],
  ['{', 1],
  ['{"a"', 4],
  ['{"a":', 5],
  ['{"a":1', 6],
  ['{"a":1,', 7],
  ['{"a":1,}', 7],
  ['{,}', 1],
  ['{a:1}', 1],
  ["{'a':1}", 1],
  ['{"a" 1}', 5],
  ['{"a":1 "b":2}', 7],
  ['[1,]', 3],
  ['[,1]', 1],
  ['[1}', 2],
  ['{"a":1]', 6],
  ['[1] 2', 4],
  ['1 2', 2],
  ['01', 1],
  ['1.', 1],
  ['-', 0],
  ['+1', 0],
  ['NaN', 0],
  ['tru', 0],
  ['nulls', 4],
  ['"abc', 4],
  ['"a\nb"', 2],
  ['"a\\x"', 2],
  ['"a\\u12"', 2],
  ['{"a":"\u0000"}', 6],
  ['\ufeff{}', 0],
  ['{}//', 2],
  [`${'['.repeat(1_000_000)}`, 1_000_000],
  [`"${'\\\\'.repeat(900_000)}`, 1_800_001],
])('%.30s stops being JSON at %i', (text, position) => {
  expect(() => JSON.parse(text)).toThrow()
  expect(findJsonError(text)).toBe(position)
})

// The longest piece that counts from its beginning: `\uXXXX`.
const LONGEST = 6

test('an invalid character is found, and a premature end', () => {
  const valid = fc
    .tuple(fc.json(), fc.boolean())
    .map(([json, wide]) => (wide ? JSON.stringify(JSON.parse(json), null, 1) : json))
  fc.assert(
    fc.property(valid, fc.nat(), (json, number) => {
      const at = number % (json.length + 1)
      const found = findJsonError(`${json.slice(0, at)}\u0001${json.slice(at)}`)
      expect([found <= at, found > at - LONGEST]).toEqual([true, true])
      expect(findJsonError(json)).toBe(json.length)
      const cut = json.slice(0, at)
      expect(findJsonError(cut)).toBeGreaterThan(at - LONGEST)
    }),
  )
})
