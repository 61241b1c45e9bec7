import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDateTimeOffset, toDateTimeOffset } from '../../shared/schemas/dateTimeOffset'
import { pathOf } from '../../shared/schemas/path'
import { redactHeader, redactUrl } from '../../shared/schemas/redaction'

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

describe('a header', () => {
  test.each([
    'Authorization',
    'PROXY-AUTHORIZATION',
    'Cookie',
    'set-cookie',
    'X-Functions-Key',
    'x-api-key',
    'Api-Key',
    'Ocp-Apim-Subscription-Key',
    'X-MS-Client-Principal',
    'X-CSRF-Token',
    'client_secret',
    'X-ApiKey',
    'my-api-key-2',
    ' Authorization ',
  ])('%s is redacted', (name) => {
    expect(redactHeader({ name, value: 'hush' })).toEqual({ name, value: '[redacted]' })
  })

  test.each(['Accept', 'X-Key', 'request-id', 'ETag', 'X-Functions-Key-Id'])('%s stays', (name) => {
    expect(redactHeader({ name, value: 'hush' })).toEqual({ name, value: 'hush' })
  })

  test.each(['Location', 'content-location', 'Referer', 'Operation-Location', 'Azure-AsyncOperation'])(
    '%s is read as a URL',
    (name) => {
      expect(redactHeader({ name, value: 'https://a/b?sig=hush&x=1' }).value).toBe('https://a/b?sig=[redacted]&x=1')
    },
  )

  test.each([[{}], [{ name: 'Authorization' }], [{ name: null, value: 'x' }], [{ name: 'Cookie', value: null }]])(
    '%j stays',
    (header) => {
      expect(redactHeader(header)).toEqual(header)
    },
  )
})

test.each([
  ['https://a/b?sig=x', 'https://a/b?sig=[redacted]'],
  ['https://a/b?a=1&SIG=x&b=2#code=y', 'https://a/b?a=1&SIG=[redacted]&b=2#code=[redacted]'],
  ['https://a/b#access_token=x&state=1', 'https://a/b#access_token=[redacted]&state=1'],
  ['https://a/b?%73ig=x', 'https://a/b?%73ig=[redacted]'],
  [
    'https://a/b?client_assertion=x&assertion=y&password=z&key=k',
    'https://a/b?client_assertion=[redacted]&assertion=[redacted]&password=[redacted]&key=[redacted]',
  ],
  ['https://a/b?$skiptoken=x', 'https://a/b?$skiptoken=[redacted]'],
  ['https://user:hush@a/b', 'https://user:[redacted]@a/b'],
  ['https://user:hu@sh@a/b?x=1', 'https://user:[redacted]@a/b?x=1'],
  ['//user:hush@a/b', '//user:[redacted]@a/b'],
  ['/b?sig', '/b?sig'],
  ['https://a/b?design=x&keys=y&encode=z', 'https://a/b?design=x&keys=y&encode=z'],
  ['https://a/sig=x/b', 'https://a/sig=x/b'],
  ['https://user@a/b', 'https://user@a/b'],
])('the URL %s is kept as %s', (url, expected) => {
  expect(redactUrl(url)).toBe(expected)
})

test('of a URL every character that is no secret stays, and redacting twice changes nothing', () => {
  const part = fc.stringMatching(/^[a-z0-9%.~_-]{0,8}$/).filter((text) => !/token|secret|%/.test(text))
  const pair = fc.tuple(fc.constantFrom('a', 'q', 'design', 'sig', 'CODE', 'x_token'), part)
  fc.assert(
    fc.property(part, fc.array(pair, { maxLength: 5 }), (path, pairs) => {
      const print = (redact: boolean) =>
        `https://a/${path}?${pairs.map(([name, value]) => `${name}=${redact && /sig$|code|token/i.test(name) && name !== 'design' ? '[redacted]' : value}`).join('&')}`
      const once = redactUrl(print(false))
      expect(once).toBe(print(true))
      expect(redactUrl(once)).toBe(once)
    }),
  )
})

test.each([
  [[], ''],
  [['request', 'headers', 2, 'name'], 'request.headers[2].name'],
  [['@odata.type'], '@odata.type'],
  [['a b', 0], "['a b'][0]"],
  [['x'.repeat(200)], `${"['"}${'x'.repeat(128)}…']`],
])('the path %j is %s', (path, expected) => {
  expect(pathOf(path)).toBe(expected)
})
