import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccept } from '../../shared/headers/accept'
import { parseConditions } from '../../shared/headers/conditions'
import { parsePrefer } from '../../shared/headers/prefer'
import { toETag } from '../../shared/odata/etag'
import { parseQueryOptions } from '../../shared/odata/queryOptions'
import { outcome } from './outcome'

const NONE = 'unacceptableMediaType Accept'

test.each([
  ['  ', 'minimal'],
  ['application/json; charset=utf-8', 'minimal'],
  ['application/json;IEEE754Compatible=false;odata.streaming=true', 'minimal'],
  ['application/json;metadata=none', 'none'],
  ['application/json; odata.metadata="none"', 'none'],
  ['*/*;odata.metadata=none', 'none'],
  ['application/json;odata.metadata=', NONE],
  ['application/json;odata.metadata=some, */*;q=0.1', 'minimal'],
  ['application/json;odata.metadata=minimal;q=0, application/json;odata.metadata=none', 'none'],
  ['application/json;odata.metadata=minimal;q=0.1, application/json;odata.metadata=none;q=0.2', 'none'],
  ['application/json;q=0.0', NONE],
  ['application/json;q=0.001', 'minimal'],
  ['application/json;q=high', 'minimal'],
  ['application/*;q=0, */*;q=0', NONE],
  ['application/json+x', NONE],
  ['application/jsonl', NONE],
  ['json', NONE],
  ['*', NONE],
  ['text/*', NONE],
  [`${'text/html,'.repeat(2000)}*/*`, 'minimal'],
])('Accept %j is %s', (header, expected) => {
  expect(outcome(() => parseAccept(header))).toBe(expected)
})

test('no Accept and no Prefer is too strange to be read', () => {
  const header = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...',;="q0.1 */jsonreturn=minimal') }))
  fc.assert(
    fc.property(header, (text) => {
      expect(['minimal', 'none', NONE]).toContain(outcome(() => parseAccept(text)))
      const names = ['returnMinimal', 'includeUnknownEnumMembers', 'maxPageSize', 'continueOnError']
      expect(Object.keys(parsePrefer(text))).toEqual(names)
      expect(Object.keys(parseConditions(new Headers({ 'if-match': text })).ifMatch ?? {})).toHaveLength(3)
    }),
  )
})

test.each([
  ['', false, false],
  ['return=minimal;wait=1', true, false],
  ['return=minimal ; x', true, false],
  ['RETURN=MINIMAL', true, false],
  ['return', false, false],
  ['return=', false, false],
  ['return=minimally', false, false],
  ['returns=minimal', false, false],
  ['return=minimal, return=representation', true, false],
  ['return="minimal"', true, false],
  ['foo="a, return=minimal"', false, false],
  ['foo="a\\", return=minimal", include-unknown-enum-members', false, true],
  ['foo="a, b", return=minimal', true, false],
  ['foo="a, return=minimal', false, false],
  [`foo="${'\\"'.repeat(5000)}, return=minimal`, false, false],
  ['odata.include-unknown-enum-members', false, false],
  ['Include-Unknown-Enum-Members;x=y', false, true],
  ['include-unknown-enum-members , wait=10', false, true],
  ['x-include-unknown-enum-members', false, false],
])('Prefer %j', (header, minimal, includeUnknownEnumMembers) => {
  expect(parsePrefer(header)).toEqual({ returnMinimal: minimal, includeUnknownEnumMembers, maxPageSize: undefined })
})

const TAKEN = ['top', 'filter', 'select', 'count', 'orderby', 'skiptoken']
const BEYOND = ['skip', 'expand', 'search', 'apply', 'compute']

describe('query options', () => {
  const read = (query: string, allowed: readonly string[] = TAKEN) =>
    outcome(() => Object.fromEntries(parseQueryOptions(new URLSearchParams(query), allowed)))

  test.each(TAKEN)('%s is taken in any case, with $ or without it, once', (name) => {
    for (const given of [name, `$${name}`, name.toUpperCase(), `$${name.toUpperCase()}`, `%24${name}`, `%20$${name}`]) {
      expect(read(`${given}=a%20b+c`)).toEqual({ [name]: 'a b c' })
      expect(read(`${given}=1`, [])).toBe(`invalidQueryOption $${name}`)
      expect(read(`${given}=1&${name}=1`)).toBe(`invalidQueryOption $${name}`)
    }
    expect(read(`$${name}`)).toEqual({ [name]: '' })
  })

  test.each(BEYOND)('%s is refused in any case, with $ or without it', (name) => {
    for (const given of [name, `$${name}`, name.toUpperCase(), `$${name.toUpperCase()}`])
      expect(read(`${given}=1`)).toBe(`invalidQueryOption $${name}`)
  })

  test.each(['$', '$$top', '$format', '$deltatoken', '$id', '$Filters', `$${'x'.repeat(5000)}`])(
    '%j is refused',
    (name) => {
      expect(read(`${encodeURIComponent(name)}=1`)).toMatch(/^invalidQueryOption \$[$a-z]{0,63}$/)
    },
  )

  test.each(['x', 'api-version', 'code', 'tops', '_', '', '__proto__', 'constructor'])('%j means nothing', (name) => {
    expect(read(`${name}=1&${name}=2&$top=1`)).toEqual({ top: '1' })
  })
})

test('a tag of ours has the form that Graph prints', () => {
  expect(toETag('"00000000-0000-0000-0000-000000000000"')).toBe(
    `W/"${Buffer.from(`'"00000000-0000-0000-0000-000000000000"'`).toString('base64')}"`,
  )
  const versionsOf = (tag: string) => parseConditions(new Headers({ 'if-match': tag })).ifMatch?.versions
  const odd = ['"a b"', '"a"b"', 'a', '""', '"ä"', '"a\n"'].map((etag) => versionsOf(toETag(etag)))
  expect(odd.flat()).toEqual([])
})
