import { describe, expect, test } from 'vitest'
import { redactHeader } from '../../../shared/redaction/redactHeader'

const kept = (name: string, value: string): string => redactHeader({ name, value }).value

test.each([
  ...['Authorization', 'PROXY-AUTHORIZATION', 'Cookie', 'set-cookie', 'X-Functions-Key', 'x-api-key', 'Api-Key'],
  ...[
    'Ocp-Apim-Subscription-Key',
    'X-MS-Client-Principal',
    'X-CSRF-Token',
    'client_secret',
    'X-ApiKey',
    'my-api-key-2',
  ],
  ...[' Authorization ', 'X_Api_Key', 'x.auth', 'X-MS-Token-AAD-Id-Token', 'X-MS-Authorization-Auxiliary', 'cookie2'],
  ...['x-ms-encryption-key', 'X-Passwords', 'X-Secret-Value', 'X-Hub-Signature', 'X-Credential', 'aeg-sas-key', 'sas'],
  ...['aeg-sas-token', 'X-Token-Skip', 'x-access-key', 'PWD'],
])('the value of the header %s is replaced', (name) => {
  for (const value of ['hush', '', 'a b, c', 'https://a/b'])
    expect(redactHeader({ name, value })).toEqual({ name, value: '[redacted]' })
})

test.each([
  ...['Accept', 'X-Key', 'Key', 'Code', 'request-id', 'ETag', 'X-Functions-Key-Id', 'X-Authority', 'X-MS-Continuation'],
  ...[
    'x-ms-skip-token',
    'x-ms-delta-token',
    'x-ms-continuation-token',
    'X-MS-Client-Principal-Name',
    'X-Hub-Signature-256',
  ],
  ...['WWW-Authenticate', 'Proxy-Authenticate', 'X-Passed', 'X-Design'],
])('the value of the header %s stays', (name) => {
  for (const value of ['hush', '', 'a b, c', 'https://a/b']) expect(kept(name, value)).toBe(value)
})

test.each([
  ['Bearer hush', 'Bearer [redacted]'],
  ['bearer  hush ', 'bearer  [redacted] '],
  ['BASIC\thush', 'BASIC\t[redacted]'],
  ['SharedKey account:hush=', 'SharedKey [redacted]'],
  ['SharedAccessSignature sr=x&sig=hush&se=1', 'SharedAccessSignature [redacted]'],
  ['Bearer hush, Basic hush', 'Bearer [redacted]'],
  ['for=x; auth="Bearer hush"', 'for=x; auth="Bearer [redacted]'],
  ['Bearer', 'Bearer'],
  ['Bearer ', 'Bearer '],
  ['Bearer-like x', 'Bearer-like x'],
  ['Forbearer x', 'Forbearer x'],
  ['acidbasic x', 'acidbasic x'],
  ['max-age=5', 'max-age=5'],
])('of the credentials %j is kept %j, whatever the header', (value, expected) => {
  for (const name of ['X-Original', 'Via']) expect(kept(name, value)).toBe(expected)
  expect(redactHeader({ name: null, value }).value).toBe(expected)
})

test.each(['WWW-Authenticate', 'proxy-authenticate'])('%s asks for credentials and has none', (name) => {
  const challenge = 'Bearer realm="x", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"'
  expect(kept(name, challenge)).toBe(challenge)
  expect(kept(name, 'Bearer claims="eyJh.eyJz.c2ln"')).toBe('Bearer claims="[redacted]"')
})

describe('a header whose value is a URL', () => {
  const names = ['Location', 'content-location', 'Referer', 'Operation-Location', 'Azure-AsyncOperation']
  test.each([...names, 'x-ms-copy-source', 'X-Original-URL', 'Origin', 'X-Any'])(
    '%s loses what is secret in it',
    (name) => {
      for (const start of ['https://a/b?', '//a?', '/b?x=2&', 'b?', '?', '#', ' HTTPS:a?', 'sb://a/?', '/b;', '../b?'])
        expect(kept(name, `${start}sig=hush`)).toBe(`${start}sig=[redacted]`)
      expect(kept(name, 'https://u:hush@a/b?x=y z&code=hush#key=hush')).toBe(
        'https://u:[redacted]@a/b?x=y z&code=[redacted]#key=[redacted]',
      )
    },
  )

  test.each([
    ['<https://a?sig=hush>; rel="next"', '<https://a?sig=[redacted]>; rel="next"'],
    ['<?sig=hush hush>;rel=next,<b?code=hush&x=1>', '<?sig=[redacted]>;rel=next,<b?code=[redacted]&x=1>'],
    [' <https://u:hush@a/>; sig=x', ' <https://u:[redacted]@a/>; sig=x'],
    ['<https://a?sig=hush', '<https://a?sig=[redacted]'],
    ['<a>; anchor="https://a?sig=hush"', '<a>; anchor="https://a?sig=[redacted]"'],
    ['5; url=https://a?sig=hush&x=1', '5; url=https://a?sig=[redacted]&x=1'],
    ['moved to https://a?sig=hush now', 'moved to https://a?sig=[redacted] now'],
  ])('of %j is kept %j', (value, expected) => {
    expect(kept('Link', value)).toBe(expected)
  })

  test.each(['text/html;code=1', 'a=1; sig=2', 'form-data; name="key"; key=x', 'sig=x', 'W/"?"', 'what? sig=x'])(
    '%j is none',
    (value) => {
      expect(kept('X-Any', value)).toBe(value)
    },
  )
})

test('a JWT is removed from any header', () => {
  expect(kept('X-Any', 'eyJh.eyJz.c2ln')).toBe('[redacted]')
  expect(kept('X-Any', 'a="eyJh.eyJz.c2ln", b=eyJh.eyJz.c2ln. c')).toBe('a="[redacted]", b=[redacted]. c')
})

test.each([[{}], [{ name: 'Authorization' }], [{ name: null, value: 'x' }], [{ name: 'Cookie', value: null }]])(
  '%j stays',
  (header) => {
    expect(redactHeader(header)).toBe(header)
  },
)
