import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../../local/build.mjs'
import type { Services } from '../../shared/services'
import { type Ledger, startLedger, TENANT } from '../harness'

const AUTHORITY = 'https://login.microsoftonline.com'
const CLIENT_ID = '3c2f0f3e-4f0a-4f4e-9a53-0d8a4b8f7e21'

let ledger: Ledger
beforeAll(async () => {
  await build()
  ledger = await startLedger()
})
afterAll(() => ledger.close())

// With the files that are deployed.
const services = (settings: Readonly<Record<string, string>> = {}): Services => ({
  ...ledger.with(settings),
  packageFolder: resolve('dist'),
})

const ask = (path: string, { method = 'GET', of = services() } = {}) =>
  ledger.call({ method, path, token: null, services: of })

const metas = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<meta name="([\w-]+)" content="([^"]*)">/g)].map(([, name, value]) => [name, value]),
  )

test('the console is a page for everybody, of files of this service alone', async () => {
  const page = await ask('/console')
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8'])
  expect(page.text).not.toContain('{{')
  expect(page.text).not.toMatch(/\sstyle=|<style|<script(?! type="module" src=)| on\w+=/)
  const addresses = [...page.text.matchAll(/(?:src|<link[^>]* href)="([^"]+)"/g)].map(([, address = '']) => address)
  expect(addresses).toEqual(['/assets/icon.svg', '/console/console.css', '/console/console.js'])
  for (const address of addresses) expect([address, (await ask(address)).status]).toEqual([address, 200])
  expect((await ask('/console', { method: 'HEAD' })).status).toBe(200)
})

test('its policy allows this service and its authority, and nothing else', async () => {
  const { headers } = await ask('/console', { of: services({ AUTH_AUTHORITY: AUTHORITY }) })
  const policy = headers.get('content-security-policy') ?? ''
  const directives = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive] as const))
  expect(directives.get('default-src')).toBe("default-src 'none'")
  expect(directives.get('script-src')).toBe("script-src 'self'")
  expect(directives.get('connect-src')).toBe(`connect-src 'self' ${AUTHORITY}`)
  expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|\*|data:|http:/)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
})

test.each([
  ['*', `${AUTHORITY}/organizations`],
  [TENANT, `${AUTHORITY}/${TENANT}`],
  [`${TENANT},0b7c2f11-93de-4a6f-8c25-d1e0947ab358`, `${AUTHORITY}/organizations`],
])('its users are those of the tenants %s', async (tenants, authority) => {
  const settings = { AUTH_AUTHORITY: AUTHORITY, AUTH_ALLOWED_TENANTS: tenants, CONSOLE_CLIENT_ID: CLIENT_ID }
  expect(metas((await ask('/console', { of: services(settings) })).text)).toMatchObject({
    authority,
    'client-id': CLIENT_ID,
    scope: 'api://partner-operations-ledger/ManagedTenants.Read.All',
  })
})

test.each(['none.js', 'index.html', '..%2fmain.js', '%2e%2e/host.json', 'console.js/x'])(
  'there is nothing at /console/%s',
  async (file) => {
    const { status, json } = await ask(`/console/${file}`)
    expect([status, json]).toMatchObject([404, { error: { code: expect.any(String), message: expect.any(String) } }])
  },
)

test.each(['/console', '/console/console.js'])('%s can only be read', async (path) => {
  const { status, headers, json } = await ask(path, { method: 'POST' })
  expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  expect(json).toMatchObject({ error: { code: expect.any(String) } })
})

test('where it is switched off there is no part of it', async () => {
  const off = services({ CONSOLE_ENABLED: 'false' })
  for (const path of ['/console', '/console/console.js', '/console/console.css'])
    expect([path, (await ask(path, { of: off })).status]).toEqual([path, 404])
  expect((await ask('/')).json.console).toBe('http://ledger.test/console')
  expect((await ask('/', { of: off })).json).not.toHaveProperty('console')
})
