import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redactBody } from '../../../shared/redaction/redactBody'
import { redactHeader } from '../../../shared/redaction/redactHeader'
import { redactUrl } from '../../../shared/redaction/redactUrl'
import { form, json, url } from './planted'

const inHeader = (value: string): string => redactHeader({ name: 'X-Any', value }).value

describe('only the planted secrets are replaced', () => {
  test.each([
    ['a URL', url, redactUrl],
    ['a header whose value is a URL', url, inHeader],
    ['a form', form, redactBody],
    ['JSON', json, redactBody],
  ])('%s', (_, planted, redact) => {
    fc.assert(
      fc.property(planted, ({ raw, clean }) => {
        expect(redact(raw)).toBe(clean)
        expect(redact(clean)).toBe(clean)
      }),
      { numRuns: 500 },
    )
  })

  test('a header Link', () => {
    fc.assert(
      fc.property(url, url, (one, other) => {
        const link = (first: string, second: string) => `<${first}>; rel="next", <${second}>; rel="last"`
        expect(inHeader(link(one.raw, other.raw))).toBe(link(one.clean, other.clean))
      }),
    )
  })
})

test('JSON that is cut off anywhere tells nothing', () => {
  // What follows a colon may be a port until there is an `@`.
  const withoutUserinfo = json.filter(({ raw }) => !raw.includes('//me:') && !raw.includes('\\/me:'))
  fc.assert(
    fc.property(withoutUserinfo, ({ raw }) => {
      for (let length = 0; length <= raw.length; length += 1) {
        const redacted = redactBody(raw.slice(0, length))
        expect(redacted).not.toContain('§')
        expect(redactBody(redacted)).toBe(redacted)
      }
    }),
    { numRuns: 100 },
  )
})

const PIECES = [
  ...['"', '\\', '\\u0022', '{', '}', '[', ']', ':', ',', '=', '&', ';', '?', '#', '/', '@', '%', '%3D', '%26', '%3f'],
  ...['%2f', '+', '<', '>', ' ', '\n', '.', 'eyJ', 'a', '1', 'null', 'sig', 'code', 'token', 'https://', 'x:'],
  ...['Bearer ', '[redacted]', 'eyJa.b.c', '"token":', '"a":', '%40', '%3a', '%5f', '\\/'],
]
const anything = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
)

describe('in any text', () => {
  test.each([
    ['URL', redactUrl],
    ['header', inHeader],
    ['body', redactBody],
  ])('of a %s every other character stays, and redacting twice changes nothing', (_, redact) => {
    fc.assert(
      fc.property(anything, (raw) => {
        const redacted = redact(raw)
        expect(redact(redacted)).toBe(redacted)
        // The pieces between the replacements stand in the original in their order, the outer ones at its ends.
        const pieces = redacted.split(/"\[redacted\]"|\[redacted\]/)
        let from = 0
        for (const piece of pieces) {
          from = raw.indexOf(piece, from)
          expect(from).not.toBe(-1)
          from += piece.length
        }
        expect(raw.startsWith(pieces[0] ?? '') && raw.endsWith(pieces.at(-1) ?? '')).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})
