import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccept } from '../../shared/headers/accept'
import { meets, parseConditions } from '../../shared/headers/conditions'
import { parsePrefer, preferenceApplied } from '../../shared/headers/prefer'
import { parseRepeatability } from '../../shared/headers/repeatability'
import { toCauses } from '../../shared/http/log'
import { toETag } from '../../shared/odata/etag'
import { parseQueryOptions } from '../../shared/odata/queryOptions'
import { deriveId, fingerprint } from '../../shared/payload/repeatable'
import { outcome } from './outcome'

const NOW = new Date('2026-11-23T10:55:47.123Z')

const NONE = 'unacceptableMediaType Accept'

test.each([
  [null, 'minimal'],
  ['', 'minimal'],
  ['*/*', 'minimal'],
  ['application/*', 'minimal'],
  ['application/json', 'minimal'],
  ['APPLICATION/JSON; odata.metadata=Minimal', 'minimal'],
  ['application/json;odata.metadata=full', 'minimal'],
  ['application/json;odata.metadata=none', 'none'],
  ['application/json;odata.metadata=some', NONE],
  ['text/html', NONE],
  ['text/html, */*;q=0.1', 'minimal'],
  ['application/json;q=0', NONE],
  ['text/xml;q=1, application/json;q=0.2', 'minimal'],
  ['application/json;odata.metadata=none;q=0.5, application/json;q=0.1', 'none'],
  ['application/xml', NONE],
  [',', NONE],
])('Accept %j is %s', (header, expected) => {
  expect(outcome(() => parseAccept(header))).toBe(expected)
})

test.each([
  [null, false, false],
  ['return=minimal', true, false],
  ['Return = "minimal"', true, false],
  ['return=representation', false, false],
  ['include-unknown-enum-members', false, true],
  ['respond-async, return=minimal; x=1, include-unknown-enum-members', true, true],
  ['return=representation, return=minimal', false, false],
  ['nonsense;;,,=', false, false],
])('Prefer %j', (header, minimal, includeUnknownEnumMembers) => {
  const preferences = parsePrefer(header)
  expect(preferences).toEqual({ returnMinimal: minimal, includeUnknownEnumMembers, maxPageSize: undefined })
  const names = [
    ...(minimal ? ['return=minimal'] : []),
    ...(includeUnknownEnumMembers ? ['include-unknown-enum-members'] : []),
  ]
  expect(preferenceApplied(preferences)).toEqual(names.length === 0 ? {} : { 'Preference-Applied': names.join(', ') })
})

test.each([
  ['', {}],
  ['code=x&other=y', {}],
  ['$top=1&$FILTER=a', { top: '1', filter: 'a' }],
  ['Top=1', { top: '1' }],
  ['$skip=1', 'invalidQueryOption $skip'],
  ['expand=x', 'invalidQueryOption $expand'],
  ['$what=1', 'invalidQueryOption $what'],
  ['$top=1&top=2', 'invalidQueryOption $top'],
  ['$select=a', 'invalidQueryOption $select'],
])('the query %j', (query, expected) => {
  const options = outcome(() => Object.fromEntries(parseQueryOptions(new URLSearchParams(query), ['top', 'filter'])))
  expect(options).toEqual(expected)
})

const met = (header: string, etag: string): boolean | undefined => {
  const { ifMatch } = parseConditions(new Headers({ 'if-match': header }))
  return ifMatch && meets(ifMatch, etag)
}

describe('an entity tag', () => {
  test('can be turned back, whatever the version', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^"[\x21\x23-\x7e]+"$/), (etag) => {
        expect(met(toETag(etag), etag)).toBe(true)
        expect(met(`"x", ${toETag(etag)}`, etag)).toBe(true)
      }),
    )
  })
  test.each(['', '"x"', 'W/"', 'x', 'W/"Jyon"', '"*"'])('%j matches nothing', (header) => {
    expect(met(header, '"v"')).toBe(false)
  })
  test('a star matches what exists', () => {
    expect(met(' * ', '"v"')).toBe(true)
  })
})

const ID = 'Repeatability-Request-ID'
const SENT = 'Repeatability-First-Sent'
const guid = '5E9A1D2C-7b34-4c58-9f06-3a8e2d71b6c4'
const at = (offset: number): string => new Date(NOW.getTime() + offset).toUTCString()
const HOUR = 3_600_000

test.each([
  [{}, undefined],
  [{ [ID]: guid, [SENT]: at(0) }, guid.toLowerCase()],
  [{ [ID]: guid }, `invalidHeader ${SENT}`],
  [{ [SENT]: at(0) }, `invalidHeader ${ID}`],
  [{ [ID]: 'x', [SENT]: at(0) }, `invalidHeader ${ID}`],
  [{ [ID]: guid, [SENT]: NOW.toISOString() }, `invalidHeader ${SENT}`],
  [{ [ID]: guid, [SENT]: 'Mon, 30 Feb 2026 10:55:47 GMT' }, `invalidHeader ${SENT}`],
  [{ [ID]: guid, [SENT]: at(-24 * HOUR + 1000) }, guid.toLowerCase()],
  [{ [ID]: guid, [SENT]: at(-24 * HOUR - 1000) }, `repeatabilityRejected ${SENT}`],
  [{ [ID]: guid, [SENT]: at(299_000) }, guid.toLowerCase()],
  [{ [ID]: guid, [SENT]: at(301_000) }, `repeatabilityRejected ${SENT}`],
])('the headers %j', (headers, expected) => {
  expect(outcome(() => parseRepeatability(new Headers(headers), NOW))).toBe(expected)
})

test('ids are derived so that no two combinations meet, and fingerprints do not heed the order of members', () => {
  expect(deriveId(['a', 'b'])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set([['a', 'b'], ['ab'], ['a', 'b', ''], ['a","b']].map(deriveId)).size).toBe(4)
  expect(fingerprint({ a: 1, b: { c: [1, 2], d: 2 } })).toBe(fingerprint({ b: { d: 2, c: [1, 2] }, a: 1 }))
  expect(fingerprint({ a: [1, 2] })).not.toBe(fingerprint({ a: [2, 1] }))
})

test('the log says of causes their names, codes and frames, never their messages', () => {
  const secret = 'hush\n    at secret (x.js:1:1) is not a frame'
  const root = Object.assign(new TypeError(secret), { code: 503, substatus: 1002, activityId: 'a', body: secret })
  const causes = toCauses(new Error('hush', { cause: root }))
  expect(causes.map(({ name, code, substatus, activityId }) => [name, code, substatus, activityId])).toEqual([
    ['Error', undefined, undefined, undefined],
    ['TypeError', 503, 1002, 'a'],
  ])
  expect(JSON.stringify(causes)).not.toContain('hush')
  expect(toCauses('hush')).toEqual([{ name: 'string' }])
})
