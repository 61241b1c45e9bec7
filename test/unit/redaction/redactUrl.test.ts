import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactUrl } from '../../../shared/redaction/redactUrl'

test.each([
  ['https://a/b?sig=x', 'https://a/b?sig=[redacted]'],
  ['https://a/b?a=1&SIG=x&b=2#code=y', 'https://a/b?a=1&SIG=[redacted]&b=2#code=[redacted]'],
  ['https://a/b#access_token=x&state=1', 'https://a/b#access_token=[redacted]&state=1'],
  ['https://a/b?%73ig=x', 'https://a/b?%73ig=[redacted]'],
  [
    'https://a/b?client_assertion=x&assertion=y&password=z&key=k',
    'https://a/b?client_assertion=[redacted]&assertion=[redacted]&password=[redacted]&key=[redacted]',
  ],
  ['https://a/b?$skiptoken=x', 'https://a/b?$skiptoken=x'],
  ['https://user:hush@a/b', 'https://user:[redacted]@a/b'],
  ['https://user:hu@sh@a/b?x=1', 'https://user:[redacted]@a/b?x=1'],
  ['//user:hush@a/b', '//user:[redacted]@a/b'],
  ['/b?sig', '/b?sig'],
  ['https://a/b?design=x&keys=y&encode=z', 'https://a/b?design=x&keys=y&encode=z'],
  ['https://a/sig=x/b', 'https://a/sig=x/b'],
  ['https://a/b;code=1/c&key=2/d?x=1', 'https://a/b;code=[redacted]/c&key=2/d?x=1'],
  ['https://a/b;x=1;sig=hush;y=2/c', 'https://a/b;x=1;sig=[redacted];y=2/c'],
  ['https://a/b;sig=hush', 'https://a/b;sig=[redacted]'],
  ['/b;sig=hush?x=1', '/b;sig=[redacted]?x=1'],
  ['https://a/b?x=1;sig=y;z=2', 'https://a/b?x=1;sig=[redacted];z=2'],
  ['https://a/b?sig=hush;hush&x=1', 'https://a/b?sig=[redacted]&x=1'],
  ['https://a/b?sig=hush?hush;', 'https://a/b?sig=[redacted]'],
  ['https://a/b?comp=list?sig=hush', 'https://a/b?comp=list?sig=[redacted]'],
  ['https://a/b?sig==hush==', 'https://a/b?sig=[redacted]'],
  ['https://a/b?sig=hush;x=hush&y=1', 'https://a/b?sig=[redacted]&y=1'],
  ['https://a/b?secret=Endpoint=sb://x/;SharedAccessKey=hush==', 'https://a/b?secret=[redacted]'],
  ['https://a/b?sig=hush?x=hush#y=1', 'https://a/b?sig=[redacted]#y=1'],
  ['https://a/b?x;token=hush;y=hush', 'https://a/b?x;token=[redacted]'],
  ['https://a/b#access_token=hush#hush&x=1', 'https://a/b#access_token=[redacted]&x=1'],
  ['https://a/b#x#sig=hush', 'https://a/b#x#sig=[redacted]'],
  ['https://a/b?x=1#y?sig=hush#', 'https://a/b?x=1#y?sig=[redacted]'],
  ['https://a/b?%%74oken=x', 'https://a/b?%%74oken=[redacted]'],
  ['https://a/b?%E0%73ecret=x&%zz=1', 'https://a/b?%E0%73ecret=[redacted]&%zz=1'],
  ['https://a/b?%2573ig=x', 'https://a/b?%2573ig=x'],
  ['https://a/b?s\nig=x', 'https://a/b?s\nig=[redacted]'],
  ['https://a/b?%7\n3ig=x', 'https://a/b?%7\n3ig=[redacted]'],
  ['https://a/b?+sig+=x', 'https://a/b?+sig+=[redacted]'],
  ['https://a/b#/route?sig=x', 'https://a/b#/route?sig=[redacted]'],
  ['?sig=x', '?sig=[redacted]'],
  ['sig=x', 'sig=x'],
  ['https:/user:hush@a/b', 'https:/user:[redacted]@a/b'],
  ['https:///user:hush@a/b', 'https:///user:[redacted]@a/b'],
  ['HTTPS:user:hush@a', 'HTTPS:user:[redacted]@a'],
  ['https://:hush@a/b', 'https://:[redacted]@a/b'],
  ['amqps://user:hush@a', 'amqps://user:[redacted]@a'],
  ['https://a:8080/b@c', 'https://a:8080/b@c'],
  ['https://a/b?mail=x:y@z', 'https://a/b?mail=x:y@z'],
  ['urn:a:b@c', 'urn:a:b@c'],
  ['https://user@a/b', 'https://user@a/b'],
])('the URL %s is kept as %s', (url, expected) => {
  expect(redactUrl(url)).toBe(expected)
})

// Names, and what is made of them, from the table of names that carry secrets.
test.each([
  ...[
    'sig',
    'pwd',
    'pass',
    'sas',
    'jwt',
    'x-auth',
    'secretText',
    'SAMLResponse',
    'code_verifier',
    'deviceCode',
    'code',
  ],
  ...['connection_string', 'key', 'x-ms-client-principal', 'refresh_token', 'id_token', 'client_secret', 'api.secrets'],
  ...['newPassword', 'passwd', 'signature', 'x_access_key', 'AccountKey', 'SharedKey', 'subscription-key', 'api_key'],
  ...['functions-key', 'encryptionKey', 'saskey', 'client_assertion', 'authorization', 'cookie', 'cookies'],
  ...['credential', 'credentials', 'user[password]', 'token[]', '$token', 'S%49G', 'sig+', '%20sig', 'client%5Fsecret'],
])('the value of the parameter %s is replaced', (name) => {
  for (const [start, end] of [
    ['?', '&a=1'],
    ['?b=2&', '#c'],
    ['#', ''],
    ['/a?b=2;', ';c=3'],
    ['/a;', '/c'],
  ] as const)
    expect(redactUrl(`${start}${name}=hush${end}`)).toBe(`${start}${name}=[redacted]${end}`)
})

test.each([
  ...['passwordPolicies', 'tokenType', 'token_type', '$skiptoken', '%24skiptoken', '$deltatoken', 'continuationToken'],
  ...['x-ms-continuation', 'secretary', 'mySecretName', 'keyId', 'publicKey', 'keys', 'encode', 'codec', 'design'],
  ...['sign', 'passes', 'passport', 'compass', 'client_assertion_type', 'cookieless', 'state', 'nonce', 'grant_type'],
])('the value of the parameter %s stays', (name) => {
  for (const url of [`?${name}=a`, `/a?b=1&${name}=a#${name}=a`, `/a;${name}=a/b`, `?a=b;${name}=c`])
    expect(redactUrl(url)).toBe(url)
})

test.each([
  ['/?redirect=https%3A%2F%2Fx%2F%3Fsig%3Dhush', '/?redirect=https%3A%2F%2Fx%2F%3Fsig%3D[redacted]'],
  ['/?r=https%3a%2f%2fx%3fsig%3dhush%26a%3d1&b=2', '/?r=https%3a%2f%2fx%3fsig%3d[redacted]%26a%3d1&b=2'],
  ['/?r=https%3A%2F%2Fu%3Ahush%40x%2F', '/?r=https%3A%2F%2Fu%3A[redacted]%40x%2F'],
  ['/?r=https://u:hush@x/?sig=hush', '/?r=https://u:[redacted]@x/?sig=[redacted]'],
  ['/?r=https%3A%2F%2Fx%2Fb%3Bsig%3Dhush%2Fc', '/?r=https%3A%2F%2Fx%2Fb%3Bsig%3D[redacted]%2Fc'],
  ['/?r=%2Fb%3F%2573ig%3Dhush', '/?r=%2Fb%3F%2573ig%3D[redacted]'],
  ['/#r=%2Fb%23access_token%3Dhush', '/#r=%2Fb%23access_token%3D[redacted]'],
  ['/?https%3A%2F%2Fx%2F%3Fsig%3Dhush', '/?https%3A%2F%2Fx%2F%3Fsig%3D[redacted]'],
  ['/?r=%252Fb%253Fsig%253Dx', '/?r=%252Fb%253Fsig%253Dx'],
  ['/?q=sig%3Dx', '/?q=sig%3Dx'],
  ['/?r=https%3A%2F%2Fx%2F%3Fsign%3Dx', '/?r=https%3A%2F%2Fx%2F%3Fsign%3Dx'],
])('of the URL inside %s is kept %s', (url, expected) => {
  expect(redactUrl(url)).toBe(expected)
})

test.each([
  ['/a/eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln/b', '/a/[redacted]/b'],
  ['/?id_token_hint=eyJh.eyJz.c2ln&a=1', '/?id_token_hint=[redacted]&a=1'],
  ['/?a=eyJh.eyJz.&b=1', '/?a=[redacted]&b=1'],
  ['/?a=eyJh..iv.text.tag', '/?a=[redacted]'],
  ['/?a=%22eyJh.eyJz.c2ln%22', '/?a=%22[redacted]%22'],
  ['/?a=eyJh%2EeyJz%2Ec2ln', '/?a=[redacted]'],
  ['/eyJh', '/eyJh'],
  ['/eyJh.eyJz', '/eyJh.eyJz'],
  ['/eyJh...', '/eyJh...'],
  ['/eyJ.a.b', '/eyJ.a.b'],
  ['/key.a.b', '/key.a.b'],
])('of tokens in %s is kept %s', (url, expected) => {
  expect(redactUrl(url)).toBe(expected)
})

const name = fc.constantFrom(
  'a',
  'q',
  'design',
  'sig',
  'SIG',
  'c%6Fde',
  'key',
  'x_token',
  'Secret2',
  '%70assword',
  'st',
)
const value = fc.stringMatching(/^[a-z0-9%.~_=+@:/?; -]{0,8}$/)
const pairs = fc
  .array(fc.tuple(name, value), { maxLength: 5 })
  .map((all) => all.map((pair) => pair.join('=')).join('&'))
const user = fc.constantFrom('', 'u@', 'u:hush@', ':hush@', 'u:hu:sh@', 'u:hu@sh@')
const scheme = fc.constantFrom('https://', 'HTTP:/', 'https:', 'wss:\\\\', ' ftp:///', 'amqp://')
const address = fc
  .tuple(scheme, user, fc.constantFrom('a', 'a/b;sig=1', 'a/x:y@z'), pairs, pairs)
  .map(([start, userinfo, rest, query, fragment]) => `${start}${userinfo}${rest}?${query}#${fragment}`)

const isSecret = (plain: string): boolean => /^(?:sig|code|key)$|(?:password|token)$/i.test(plain)

test('what a URL parser finds no secret in is left as it is, and what it finds is replaced', () => {
  fc.assert(
    fc.property(address, (text) => {
      const { password, search, hash } = new URL(redactUrl(text))
      expect(['', '%5Bredacted%5D', '[redacted]']).toContain(password)
      for (const part of [search, hash]) {
        for (const [plain, left] of new URLSearchParams(part.slice(1)))
          if (isSecret(plain)) expect(left.trim()).toBe('[redacted]')
      }
    }),
  )
})
