import { expect, test } from 'vitest'
import { parseConfig, settingNames } from '../../shared/config'

const GUID = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const CLIENT = '9b0e4f27-6c13-4d8a-b5f1-70d2c8e6a394'
const local = { COSMOS_ENDPOINT: 'https://ledger.example', AUTH_AUDIENCE: 'api://ledger' }
const azure = { ...local, WEBSITE_SITE_NAME: 'l', AUTH_ALLOWED_TENANTS: '*', PUBLIC_BASE_URL: 'https://ledger.example' }

type Env = Readonly<Record<string, string | undefined>>

const isTaken = (env: Env): boolean => {
  try {
    parseConfig(env)
    return true
  } catch {
    return false
  }
}

test('spaces around a setting and unknown settings are ignored', () => {
  expect(parseConfig({ ...local, AUTH_AUDIENCE: `  ${GUID} ,api://b ` }).auth.audience).toEqual([GUID, 'api://b'])
  expect(parseConfig({ ...local, COSMOS_KEY: ' k ', OTHER: 'x' }).store.key).toBe('k')
})

test.each([
  [undefined, undefined],
  ['*', undefined],
  [`${GUID},*`, undefined],
  [GUID.toUpperCase(), new Set([GUID])],
])('AUTH_ALLOWED_TENANTS %s allows %o', (value, expected) => {
  expect(parseConfig({ ...local, AUTH_ALLOWED_TENANTS: value }).auth.allowedTenants).toEqual(expected)
})

test('a GUID counts in any case: Entra writes it in lower case, and an App ID URI as it was registered', () => {
  const AUTH_AUDIENCE = `${GUID.toUpperCase()}, api://${GUID.toUpperCase()}, https://Contoso.com/Ledger`
  expect(parseConfig({ ...local, AUTH_AUDIENCE }).auth.audience).toEqual([
    GUID,
    `api://${GUID.toUpperCase()}`,
    `api://${GUID}`,
    'https://Contoso.com/Ledger',
  ])
})

// Which addresses are taken: on a laptop, and in Azure.
test.each([
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.com', true, true],
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.com/', true, true],
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.us', true, true],
  ['AUTH_AUTHORITY', 'https://login.partner.microsoftonline.cn', true, true],
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.de', false, false],
  ['AUTH_AUTHORITY', 'http://login.microsoftonline.com', false, false],
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.com.evil.example', false, false],
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.com@evil.example', false, false],
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.com:8443', false, false],
  ['AUTH_AUTHORITY', 'https://login.microsoftonline.com/common/v2.0', false, false],
  ['AUTH_AUTHORITY', 'http://127.0.0.1:7072', true, false],
  ['AUTH_AUTHORITY', 'http://127.255.0.9:7072', true, false],
  ['AUTH_AUTHORITY', 'http://localhost:7072/', true, false],
  ['AUTH_AUTHORITY', 'http://[::1]:7072', true, false],
  ['AUTH_AUTHORITY', 'http://127.0.0.1.evil.example', false, false],
  ['AUTH_AUTHORITY', 'http://localhost.evil.example', false, false],
  ['AUTH_AUTHORITY', 'http://evil.example#127.0.0.1', false, false],
  ['AUTH_AUTHORITY', 'http://0.0.0.0:7072', false, false],
  ['AUTH_AUTHORITY', 'http://127.0.0.1:7072/path', false, false],
  ['AUTH_AUTHORITY', 'http://u:p@127.0.0.1:7072', false, false],
  ['AUTH_AUTHORITY', 'ftp://127.0.0.1', false, false],
  ['PUBLIC_BASE_URL', 'https://ledger.contoso.com', true, true],
  ['PUBLIC_BASE_URL', 'https://ledger.contoso.com:8443/', true, true],
  ['PUBLIC_BASE_URL', 'http://ledger.contoso.com', true, false],
  ['PUBLIC_BASE_URL', 'https://ledger.contoso.com/path', false, false],
  ['PUBLIC_BASE_URL', 'https://ledger.contoso.com?x', false, false],
  ['PUBLIC_BASE_URL', 'https://u:p@ledger.contoso.com', false, false],
  ['PUBLIC_BASE_URL', '//ledger.contoso.com', false, false],
  ['PUBLIC_BASE_URL', 'javascript:alert(1)', false, false],
  ['COSMOS_ENDPOINT', 'https://a.documents.azure.com:443/', true, true],
  ['COSMOS_ENDPOINT', 'http://a.documents.azure.com', false, false],
  ['COSMOS_ENDPOINT', 'http://127.0.0.1.evil.example', false, false],
  ['COSMOS_ENDPOINT', 'http://127.0.0.1@evil.example', false, false],
  ['COSMOS_ENDPOINT', 'a.documents.azure.com', false, false],
])('%s %s', (name, value, onLaptop, inAzure) => {
  expect([isTaken({ ...local, [name]: value }), isTaken({ ...azure, [name]: value })]).toEqual([onLaptop, inAzure])
})

test('any site name means Azure, and all missing settings are reported together', () => {
  expect(() => parseConfig({ ...local, WEBSITE_SITE_NAME: 'x', AUTH_AUTHORITY: 'http://127.0.0.1:1' })).toThrow(
    expect.objectContaining({ code: 'AUTH_ALLOWED_TENANTS PUBLIC_BASE_URL AUTH_AUTHORITY' }),
  )
  expect(parseConfig(azure).inAzure).toBe(true)
})

test.each(['STORE_DEADLINE_MS', 'STORE_THROTTLE_MS', 'AUTH_DEADLINE_MS', 'MAX_IN_FLIGHT'])(
  '%s is a whole number',
  (name) => {
    expect(settingNames).toContain(name)
    for (const value of [
      '1e3',
      '0x64',
      '100.0',
      '+100',
      '100ms',
      '1 000',
      '１００',
      'NaN',
      'Infinity',
      '99999999999999999999',
    ])
      expect([value, isTaken({ ...local, [name]: value })]).toEqual([value, false])
    expect(isTaken({ ...local, [name]: '100' })).toBe(true)
  },
)

test('every setting has its place in what the app reads', () => {
  const { inAzure, publicBaseUrl, logLevel, maxInFlight, store, auth, console } = parseConfig({
    ...azure,
    COSMOS_KEY: 'k',
    COSMOS_DATABASE: 'd',
    COSMOS_REGIONS: 'a,b',
    STORE_DEADLINE_MS: '101',
    STORE_THROTTLE_MS: '102',
    AUTH_DEADLINE_MS: '103',
    MAX_IN_FLIGHT: '104',
    AZURE_CLIENT_ID: GUID,
    LOG_LEVEL: 'debug',
    PUBLIC_BASE_URL: 'https://b.example/',
    AUTH_AUTHORITY: 'https://login.microsoftonline.us/',
    CONSOLE_CLIENT_ID: CLIENT,
    CONSOLE_ENABLED: 'false',
  })
  expect({ inAzure, publicBaseUrl, logLevel, maxInFlight }).toEqual({
    inAzure: true,
    publicBaseUrl: 'https://b.example',
    logLevel: 'debug',
    maxInFlight: 104,
  })
  expect(store).toEqual({
    endpoint: 'https://ledger.example',
    key: 'k',
    database: 'd',
    regions: ['a', 'b'],
    clientId: GUID,
    deadline: 101,
    longest: 20_000,
    throttle: 102,
  })
  expect(auth).toEqual({
    authority: 'https://login.microsoftonline.us',
    audience: ['api://ledger'],
    allowedTenants: undefined,
    deadline: 103,
  })
  expect(console).toEqual({ isEnabled: false, clientId: CLIENT })
})

test('there is a console unless a setting says otherwise, and it needs no client', () => {
  const on = { isEnabled: true, clientId: undefined }
  expect(parseConfig(local).console).toEqual(on)
  expect(parseConfig({ ...azure, CONSOLE_ENABLED: 'true', CONSOLE_CLIENT_ID: ' ' }).console).toEqual(on)
})
