import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseConfig, settingNames } from '../../shared/config'

const GUID = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const local = { COSMOS_ENDPOINT: 'https://ledger.example', AUTH_AUDIENCE: 'api://ledger' }
const azure = {
  ...local,
  WEBSITE_SITE_NAME: 'ledger',
  AUTH_ALLOWED_TENANTS: '*',
  PUBLIC_BASE_URL: 'https://ledger.example',
}

// The names of the settings that the message complains of.
const refused = (env: Readonly<Record<string, string | undefined>>): string[] => {
  try {
    parseConfig(env)
    return []
  } catch (error) {
    const { message, code } = error as Error & { code: string } // parseConfig throws nothing else
    const named = settingNames.filter((name) => new RegExp(`(^|; )${name} `).test(message))
    expect(code.split(' ').sort()).toEqual([...named].sort())
    expect(message).toMatch(/^[^\n]+\.$/)
    return named
  }
}

test('the required settings are enough, and empty ones count as unset', () => {
  expect(refused(local)).toEqual([])
  expect(refused(azure)).toEqual([])
  expect(parseConfig({ ...local, COSMOS_DATABASE: ' ', MAX_IN_FLIGHT: '' })).toEqual(parseConfig(local))
  expect(refused({})).toEqual(['COSMOS_ENDPOINT', 'AUTH_AUDIENCE'])
})

test.each([
  [
    'COSMOS_ENDPOINT',
    ['x', 'http://ledger.example', 'ftp://127.0.0.1'],
    ['http://127.0.0.1:8081', 'http://[::1]:1', 'http://localhost'],
  ],
  ['COSMOS_DATABASE', ['a/b', 'a?b', 'x'.repeat(256)], ['ledger-2']],
  ['COSMOS_REGIONS', ['West Europe', 'a,,b'], ['West Europe, North Europe']],
  ['STORE_DEADLINE_MS', ['x', '-1', '1.5', '49', '30001'], ['50', '27000']],
  ['STORE_THROTTLE_MS', ['x', '30001'], ['0', '30000']],
  ['AUTH_DEADLINE_MS', ['x', '0'], ['3000']],
  ['MAX_IN_FLIGHT', ['x', '1', '10001'], ['2']],
  ['AUTH_AUDIENCE', ['ledger', 'http://ledger', 'api://a,b'], [GUID, `api://a, ${GUID}`, 'https://ledger.example']],
  ['AUTH_ALLOWED_TENANTS', ['contoso', `${GUID},x`], ['*', GUID, `${GUID}, ${GUID.toUpperCase()}`]],
  [
    'AUTH_AUTHORITY',
    ['https://evil.example', 'https://login.microsoftonline.com/common'],
    ['https://login.microsoftonline.us/', 'http://127.0.0.1:1'],
  ],
  [
    'PUBLIC_BASE_URL',
    ['ledger.example', 'https://ledger.example/a', 'ftp://x'],
    ['https://ledger.example', 'http://127.0.0.1:1/'],
  ],
  ['AZURE_CLIENT_ID', ['x'], [GUID]],
  ['CONSOLE_CLIENT_ID', ['x', `api://${GUID}`, `{${GUID}}`, `${GUID},${GUID}`], [GUID, GUID.toUpperCase()]],
  ['CONSOLE_ENABLED', ['x', '0', 'False', 'yes'], ['true', 'false']],
  ['LOG_LEVEL', ['loud'], ['none']],
])('%s', (name, wrong, right) => {
  for (const value of wrong) expect(refused({ ...local, [name]: value })).toEqual([name])
  for (const value of right) expect(refused({ ...local, [name]: value })).toEqual([])
})

test.each([
  ['COSMOS_ENDPOINT', 'nowhere'],
  ['AUTH_AUDIENCE', 'ledger'],
  ['AUTH_ALLOWED_TENANTS', 'contoso'],
  ['PUBLIC_BASE_URL', 'http://ledger.example'],
])('%s is said to be required where it is missing, and to be wrong where it is given', (name, value) => {
  expect(() => parseConfig({ ...azure, [name]: undefined })).toThrow(`${name} is required`)
  expect(() => parseConfig({ ...azure, [name]: value })).toThrow(`${name} must be`)
})

describe('in Azure', () => {
  test.each([
    ['AUTH_ALLOWED_TENANTS', [undefined, '']],
    ['PUBLIC_BASE_URL', [undefined, 'http://ledger.example']],
    ['AUTH_AUTHORITY', ['http://127.0.0.1:1', 'https://127.0.0.1']],
  ])('%s is stricter', (name, wrong) => {
    for (const value of wrong) expect(refused({ ...azure, [name]: value })).toEqual([name])
  })
})

test('no message contains a value', () => {
  const key = 'a-key-that-nobody-may-see'
  const env = {
    ...local,
    COSMOS_ENDPOINT: `http://${key}.example`,
    AUTH_AUDIENCE: key,
    LOG_LEVEL: key,
    COSMOS_KEY: key,
  }
  expect(() => parseConfig(env)).toThrow(expect.not.stringContaining(key))
})

test('the README lists every setting', () => {
  const page = readFileSync('README.md', 'utf8')
  const listed = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
  const own = settingNames.filter((name) => name !== 'WEBSITE_SITE_NAME')
  expect(listed.sort()).toEqual([...own, 'PORT'].sort())
})
