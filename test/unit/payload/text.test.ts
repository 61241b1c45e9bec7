import { expect, test } from 'vitest'
import { toPropertyPath } from '../../../shared/payload/propertyPath'
import { parseDateTimeOffset, toDateTimeOffset } from '../../../shared/schemas/dateTimeOffset'

test.each([
  ['2026-11-23T10:55:47Z', '2026-11-23T10:55:47.0000000Z'],
  ['2026-11-23T10:55Z', '2026-11-23T10:55:00.0000000Z'],
  ['2026-11-23T10:55:47.1Z', '2026-11-23T10:55:47.1000000Z'],
  ['2026-11-23T10:55:47.123456789012Z', '2026-11-23T10:55:47.1234567Z'],
  ['2026-11-23T00:30:00.99999999+01:00', '2026-11-22T23:30:00.9999999Z'],
  ['2026-12-31T23:30:00-14:00', '2027-01-01T13:30:00.0000000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.0000000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.0000000Z'],
  ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.9999999Z'],
])('the date %s is %s', (text, expected) => {
  expect(parseDateTimeOffset(text)).toBe(expected)
})

test.each([
  '',
  '2026-11-23',
  '2026-11-23T10:55:47',
  '2026-11-23 10:55:47Z',
  '2026-11-23T10:55:47z',
  '2026-11-23T24:00:00Z',
  '2026-02-30T00:00:00Z',
  '2023-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-23T10:60:00Z',
  '2026-11-23T10:55:60Z',
  '2026-11-23T10:55:47.Z',
  '2026-11-23T10:55:47.1234567890123Z',
  '2026-11-23T10:55:47+14:01',
  '2026-11-23T10:55:47+01:60',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-01:00',
  '12026-11-23T10:55:47Z',
  ' 2026-11-23T10:55:47Z',
])('%j is no date', (text) => {
  expect(parseDateTimeOffset(text)).toBeUndefined()
})

test('our own instants have the same form', () => {
  const instant = new Date('2026-11-23T10:55:47.123Z')
  expect(toDateTimeOffset(instant)).toBe(parseDateTimeOffset(instant.toISOString()))
})

test.each([
  [[], ''],
  [['request', 'headers', 2, 'name'], 'request.headers[2].name'],
  [['@odata.type'], '@odata.type'],
  [['a b', 0], "['a b'][0]"],
  [['x'.repeat(200)], `${"['"}${'x'.repeat(128)}…']`],
])('the path %j is %s', (path, expected) => {
  expect(toPropertyPath(path)).toBe(expected)
})
