import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meets, parseConditions } from '../../../shared/headers/conditions'
import { toETag } from '../../../shared/odata/etag'

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

test('an entity tag has the form that Graph uses', () => {
  expect(toETag('"00000000-0000-0000-0000-000000000000"')).toBe(
    `W/"${Buffer.from(`'"00000000-0000-0000-0000-000000000000"'`).toString('base64')}"`,
  )
  const versionsOf = (tag: string) => parseConditions(new Headers({ 'if-match': tag })).ifMatch?.versions
  const odd = ['"a b"', '"a"b"', 'a', '""', '"ä"', '"a\n"'].map((etag) => versionsOf(toETag(etag)))
  expect(odd.flat()).toEqual([])
})
