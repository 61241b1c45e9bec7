import fc from 'fast-check'

/** A text in which secrets were planted, and what must be left of it. Every secret has a § in it, and nothing else has. */
export interface Planted {
  readonly raw: string
  readonly clean: string
}

const said = (text: string): Planted => ({ raw: text, clean: text })
const secret = (text: string): Planted => ({ raw: text, clean: '[redacted]' })

export const join = (parts: readonly (Planted | string)[], separator = ''): Planted => {
  const planted = parts.map((part) => (typeof part === 'string' ? said(part) : part))
  return {
    raw: planted.map(({ raw }) => raw).join(separator),
    clean: planted.map(({ clean }) => clean).join(separator),
  }
}

const secretNames = [
  ...['sig', 'pwd', 'PASS', 'sas', 'jwt', 'x-auth', 'secretText', 'SAMLResponse', 'code_verifier', 'device_code'],
  ...['connectionString', 'X-MS-Client-Principal', 'access_token', 'client.secret', 'secrets', 'newPassword', 'passwd'],
  ...['api_key', 'X-Access-Key', 'AccountKey', 'SharedKey', 'subscription-key', '$functionsKey', 'encryptionKey'],
  ...['SasKey', 'signature', 'client_assertion', 'Authorization', 'cookie', 'cookies', 'credential', 'credentials'],
]

/** Names of JSON members, and of parameters, whose values go. */
export const secretMember = fc.constantFrom(...secretNames)
export const secretParameter = fc.constantFrom(...secretNames, 'code', 'key', 'KEY', 'user[password]', 'token[]')

const harmlessNames = [
  ...['a', 'design', 'tokenType', 'token_type', '$skiptoken', 'DeltaToken', 'continuationToken', 'secretary', 'keyId'],
  ...[
    'publicKey',
    'passwordPolicies',
    'x-ms-continuation',
    'client_assertion_type',
    'grant_type',
    'signatureAlgorithm',
  ],
]

/** Names whose values stay. */
export const harmlessParameter = fc.constantFrom(...harmlessNames, 'keys', 'encode', 'codes')
export const harmlessMember = fc.constantFrom(...harmlessNames, 'code', 'key', '')

const harmlessValue = fc.stringMatching(/^[a-z0-9~.:,!*-]{0,6}$/)
const secretOf = (characters: string): fc.Arbitrary<Planted> =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 }).map((text) => secret(`§${text}`))

const jwt = fc
  .tuple(fc.stringMatching(/^[\w-]{1,9}$/), fc.stringMatching(/^[\w-]{1,9}$/))
  .map(([header, payload]) => join([secret(`eyJ${header}.${payload}.c2ln`)]))

// As a sender may write a name: any of its letters escaped, blanks around it.
const escaped = (name: string, which: number): string =>
  [...name].map((letter, index) => ((which >> (index % 8)) & 1 && /\w/.test(letter) ? hex(letter) : letter)).join('')
const hex = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`

const name = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    of,
    fc.tuple(of, fc.nat(255)).map(([text, which]) => escaped(text, which)),
    of.map((text) => `+${text}%20`),
  )

const pairs = (inner: fc.Arbitrary<Planted>): fc.Arbitrary<Planted> => {
  const values = fc.oneof(harmlessValue.map(said), jwt, inner)
  const harmless = fc.tuple(name(harmlessParameter), values).map(([key, value]) => join([key, '=', value]))
  const hidden = fc.tuple(name(secretParameter), secretOf('abc=;?/@:%+')).map(([key, value]) => join([key, '=', value]))
  const inside = fc
    .tuple(fc.constantFrom(';', '?'), secretParameter, secretOf('abc/=@'))
    .map(([separator, key, value]) => join([`a=b${separator}${key}=`, value]))
  return fc.array(fc.oneof(harmless, hidden, inside), { minLength: 1, maxLength: 4 }).map((all) => join(all, '&'))
}

const path = fc
  .array(
    fc.oneof(
      harmlessValue.map((segment) => said(`/${segment}`)),
      fc.tuple(secretParameter, secretOf('abc=@')).map(([key, value]) => join([`/a;${key}=`, value])),
      jwt.map((token) => join(['/', token])),
    ),
    { maxLength: 3 },
  )
  .map((segments) => join(segments))

const userinfo = fc.oneof(
  fc.constant(said('')),
  secretOf('abc:@%').map((password) => join(['https://me:', password, '@'])),
)

const urlWith = (inner: fc.Arbitrary<Planted>): fc.Arbitrary<Planted> =>
  fc
    .tuple(userinfo, path, pairs(inner), pairs(inner))
    .map(([user, segments, query, fragment]) =>
      join([user.raw === '' ? 'https://' : user, 'x.example', segments, '?', query, '#', fragment]),
    )

const encoded = (url: Planted): Planted => {
  const [first = '', ...rest] = url.clean.split('[redacted]').map(encodeURIComponent)
  return { raw: encodeURIComponent(url.raw), clean: [first, ...rest].join('[redacted]') }
}

const none = fc.constant(said(''))

/** A URL, with URLs in its values. */
export const url: fc.Arbitrary<Planted> = urlWith(urlWith(none).map(encoded))

/** A form, with URLs in its values. */
export const form: fc.Arbitrary<Planted> = pairs(urlWith(none).map(encoded))

const quoted = (text: Planted, slashes: string, ampersand: string): Planted => {
  const write = (part: string): string =>
    JSON.stringify(part).replaceAll('/', slashes).replaceAll('&', ampersand).replaceAll('§', '\\u00a7§')
  return { raw: write(text.raw), clean: write(text.clean) }
}

const blank = fc.constantFrom('', ' ', '\n\t')
const unicode = (text: string): string => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}${text.slice(1)}`
const member = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(of, fc.boolean(), blank, blank)
    .map(([text, escapes, before, after]) => `"${escapes && text !== '' ? unicode(text) : text}"${before}:${after}`)

const text = fc.string({ unit: fc.constantFrom(...'ab"\\{}[],:\n é') }).map((value) => said(JSON.stringify(value)))
const link = fc
  .tuple(url, fc.constantFrom('/', '\\/'), fc.constantFrom('&', '\\u0026'))
  .map(([value, slashes, ampersand]) => quoted(value, slashes, ampersand))
const hidden = fc
  .string({ unit: fc.constantFrom(...'a"\\{}[],:\n') })
  .map((value) => quoted(secret(`§${value}`), '/', '&'))

const plain = (value: fc.Arbitrary<Planted>): fc.Arbitrary<Planted> =>
  fc.tuple(member(harmlessMember), value).map((parts) => join(parts))
const whole = ({ raw }: Planted): Planted => ({ raw, clean: '"[redacted]"' })
const concealed = (structure: fc.Arbitrary<Planted>): fc.Arbitrary<Planted> =>
  fc
    .tuple(member(secretMember), fc.oneof(hidden, fc.constant(whole(said('-1.5e3'))), structure.map(whole)))
    .map((parts) => join(parts))

/** JSON, with objects, arrays, strings and URLs at any depth. */
export const json: fc.Arbitrary<Planted> = fc.letrec<{ value: Planted; structure: Planted }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('1', 'true', 'null').map(said),
    text,
    link,
    jwt.map((token) => quoted(token, '/', '&')),
    tie('structure'),
  ),
  structure: fc.oneof(
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }).map((all) => join(['[', join(all, ', '), ']'])),
    fc
      .array(fc.oneof(plain(tie('value')), concealed(tie('structure'))), { maxLength: 4 })
      .map((all) => join(['{', join(all, ','), '}'])),
  ),
})).structure
