import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCreate } from '../../../shared/payload/parse'
import { parseDateTimeOffset, toDateTimeOffset } from '../../../shared/schemas/dateTimeOffset'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { managedTenantOperationResult } from '../../../shared/schemas/managedTenantOperationResult'
import { leastOf, problems } from '../payload/bodies'

test('1 to 12 digits of a second are taken, seven are kept', () => {
  const digits = '987654321098'
  for (let count = 1; count <= 12; count += 1) {
    const kept = digits.slice(0, count).padEnd(7, '0').slice(0, 7)
    expect(parseDateTimeOffset(`2026-11-23T10:55:47.${digits.slice(0, count)}Z`)).toBe(`2026-11-23T10:55:47.${kept}Z`)
  }
  expect(parseDateTimeOffset('2026-11-23T10:55:47.99999999Z')).toBe('2026-11-23T10:55:47.9999999Z')
})

test.each([
  ['+14:00', '2026-11-22T20:55:47.0000000Z'],
  ['-14:00', '2026-11-24T00:55:47.0000000Z'],
  ['+13:59', '2026-11-22T20:56:47.0000000Z'],
  ['-00:00', '2026-11-23T10:55:47.0000000Z'],
  ['+05:45', '2026-11-23T05:10:47.0000000Z'],
  ['+14:01', undefined],
  ['-14:01', undefined],
  ['+15:00', undefined],
  ['+00:60', undefined],
  ['+1:00', undefined],
  ['+0100', undefined],
  ['+01', undefined],
  ['-', undefined],
  ['GMT', undefined],
  ['\u221201:00', undefined],
])('the offset %s', (offset, expected) => {
  expect(parseDateTimeOffset(`2026-11-23T10:55:47${offset}`)).toBe(expected)
})

test('29 February is a day of leap years', () => {
  const isDay = (year: string) => parseDateTimeOffset(`${year}-02-29T12:00:00Z`) !== undefined
  expect(['2000', '2024', '1600', '0004', '9996'].map(isDay)).toEqual([true, true, true, true, true])
  expect(['1900', '2100', '2023', '0001', '9999'].map(isDay)).toEqual([false, false, false, false, false])
})

test.each([
  ['0001-01-01T00:00:00+00:00', '0001-01-01T00:00:00.0000000Z'],
  ['0001-01-01T00:00:00-14:00', '0001-01-01T14:00:00.0000000Z'],
  ['0001-01-01T13:59:59+14:00', undefined],
  ['0001-01-01T14:00:00+14:00', '0001-01-01T00:00:00.0000000Z'],
  ['0000-12-31T23:59:59-01:00', '0001-01-01T00:59:59.0000000Z'],
  ['9999-12-31T23:59:59.999999999Z', '9999-12-31T23:59:59.9999999Z'],
  ['9999-12-31T23:59:59+14:00', '9999-12-31T09:59:59.0000000Z'],
  ['9999-12-31T23:00:00-01:00', undefined],
  ['9999-12-31T22:59:59-01:00', '9999-12-31T23:59:59.0000000Z'],
  ['10000-01-01T00:00:00Z', undefined],
  ['-0001-01-01T00:00:00Z', undefined],
  ['+2026-01-01T00:00:00Z', undefined],
])('at an end of time, %s', (text, expected) => {
  expect(parseDateTimeOffset(text)).toBe(expected)
})

const instant = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
})
const minutes = fc.integer({ min: -840, max: 840 })
const two = (count: number): string => String(count).padStart(2, '0')

test('an instant is the same whatever the offset that it is written with', () => {
  fc.assert(
    fc.property(instant, minutes, (date, offset) => {
      const wall = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1)
      const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
      expect(parseDateTimeOffset(wall + zone)).toBe(toDateTimeOffset(date))
    }),
  )
})

test('as strings they sort like the instants, and parsing one again changes nothing', () => {
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      const [first, second] = [toDateTimeOffset(a), toDateTimeOffset(b)]
      expect(Math.sign(a.getTime() - b.getTime())).toBe(first < second ? -1 : Number(first > second))
      expect(parseDateTimeOffset(first)).toBe(first)
    }),
  )
})

test('any string gives a date in our form, or undefined', () => {
  const text = fc.stringMatching(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,13})?)?(Z|[+-][01]\d:[0-6]\d)$/)
  fc.assert(
    fc.property(text, (date) => {
      expect(parseDateTimeOffset(date) ?? '0001-01-01T00:00:00.0000000Z').toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/,
      )
    }),
  )
})

test('a date inside a body is stored in this form, and a GUID in lower case', () => {
  const body = {
    ...leastOf(managedTenantOperation),
    result: {
      createdDateTime: '2026-11-23T10:55+01:00',
      tenantExceptions: [{ tenantId: 'ABCDEF01-2345-6789-ABCD-EF0123456789' }],
    },
  }
  expect(parseCreate(managedTenantOperation, body, false).result).toEqual({
    createdDateTime: '2026-11-23T09:55:00.0000000Z',
    tenantExceptions: [{ tenantId: 'abcdef01-2345-6789-abcd-ef0123456789' }],
  })
})

test.each([
  ['5E9A1D2C-7B34-4C58-9F06-3A8E2D71B6C4', []],
  ['00000000-0000-0000-0000-000000000000', []],
  ['ffffffff-ffff-ffff-ffff-ffffffffffff', []],
  ['5e9a1d2c7b344c589f063a8e2d71b6c4', ['invalidValue requestId']],
  ['{5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4}', ['invalidValue requestId']],
  ['5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c', ['invalidValue requestId']],
  ['5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4\n', ['invalidValue requestId']],
  [' 5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4', ['invalidValue requestId']],
  ['5e9a1d2g-7b34-4c58-9f06-3a8e2d71b6c4', ['invalidValue requestId']],
])('the GUID %j', (requestId, expected) => {
  const body = { ...leastOf(managedTenantOperationResult), requestId }
  expect(problems(managedTenantOperationResult, body)).toEqual(expected)
  if (expected.length === 0)
    expect(parseCreate(managedTenantOperationResult, body, false).requestId).toBe(requestId.toLowerCase())
})
