import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRepeatability } from '../../../shared/headers/repeatability'
import { deriveId, fingerprint } from '../../../shared/payload/repeatable'
import { outcome } from '../outcome'

// The header counts seconds, and so does this clock.
const NOW = new Date('2026-11-23T10:55:47Z')

const ID = 'Repeatability-Request-ID'
const SENT = 'Repeatability-First-Sent'
const GUID = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const DATE = NOW.toUTCString()

const repeat = (headers: Record<string, string>) => outcome(() => parseRepeatability(new Headers(headers), NOW))

test.each([
  '',
  'x',
  '2026-11-23T10:55:47Z',
  '1795431347',
  'Tue, 23 Nov 2026 10:55:47 GMT',
  'Mon, 23 Nov 2026 10:55:47 UTC',
  'Mon, 23 Nov 2026 10:55:47 +0000',
  'Mon, 23 Nov 2026 10:55:47',
  'mon, 23 nov 2026 10:55:47 gmt',
  'Mon, 23 Nov 26 10:55:47 GMT',
  'Monday, 23-Nov-26 10:55:47 GMT',
  'Mon Nov 23 10:55:47 2026',
  'Mon, 23 Nov 2026 24:00:00 GMT',
  'Mon, 23 Nov 2026 10:55:60 GMT',
  'Mon,  23 Nov 2026 10:55:47 GMT',
  `${DATE}, ${DATE}`,
])('first sent %j is malformed', (sent) => {
  expect(repeat({ [ID]: GUID, [SENT]: sent })).toBe(`invalidHeader ${SENT}`)
})

test.each(['', 'x', GUID.slice(1), `${GUID}0`, `{${GUID}}`, GUID.replaceAll('-', ''), `${GUID}, ${GUID}`])(
  'the request id %j is malformed',
  (id) => {
    expect(repeat({ [ID]: id, [SENT]: DATE })).toBe(`invalidHeader ${ID}`)
  },
)

test.each([
  [-86_400_000, GUID],
  [-86_401_000, `repeatabilityRejected ${SENT}`],
  [-86_399_000, GUID],
  [300_000, GUID],
  [301_000, `repeatabilityRejected ${SENT}`],
])('first sent %i ms from now', (offset, expected) => {
  expect(repeat({ [ID]: GUID, [SENT]: new Date(NOW.getTime() + offset).toUTCString() })).toBe(expected)
})

test('a rejected request says so in a header', () => {
  const headers = new Headers({ [ID]: GUID, [SENT]: 'Mon, 23 Nov 2020 10:55:47 GMT' })
  expect(() => parseRepeatability(headers, NOW)).toThrow(
    expect.objectContaining({ status: 412, headers: { 'Repeatability-Result': 'rejected' } }),
  )
})

test('a derived id is a GUID that depends only on its parts', () => {
  const parts = fc.array(fc.string(), { maxLength: 6 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(deriveId(a)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(deriveId(a) === deriveId(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
})

const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reordered(member)]),
  )
}

test('a fingerprint depends on the body, but not on the order of its members', () => {
  const body = fc.dictionary(fc.string(), fc.jsonValue())
  fc.assert(
    fc.property(body, fc.string(), (members, more) => {
      const print = fingerprint(members)
      expect(print).toMatch(/^[\w-]{43}$/)
      expect(fingerprint(reordered(members) as typeof members)).toBe(print) // the same members
      expect(fingerprint({ ...members, [`${more}!`]: { more } }) === print).toBe(false)
    }),
  )
  for (const other of [{ a: 1 }, { a: '2' }, { a: [2] }, { a: null }, { b: 2 }, {}, { a: 2, b: null }])
    expect(fingerprint(other)).not.toBe(fingerprint({ a: 2 }))
  expect(fingerprint({ a: 2, b: undefined })).toBe(fingerprint({ a: 2 }))
})

test.each([
  ['none of them', {}, undefined],
  ['an id in upper case', { [ID]: GUID.toUpperCase(), [SENT]: DATE }, GUID],
  ['the id alone', { [ID]: GUID }, `invalidHeader ${SENT}`],
  ['the date alone', { [SENT]: DATE }, `invalidHeader ${ID}`],
])('with %s', (_, headers, expected) => {
  expect(repeat(headers)).toBe(expected)
})
