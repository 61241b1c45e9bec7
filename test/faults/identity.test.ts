import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeServer, listen } from '../../local/listen'
import { parseConfig } from '../../shared/config'
import { cosmosAttempts } from '../../shared/cosmos/cosmos'
import { managedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import { type Ledger, PATIENT, startLedger } from '../harness'

const CLIENT_ID = '8a6f0c1e-5b27-4d93-a84e-f0713c9b25d6'
const KEY = { tenantId: '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4', id: 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8' }

const asked: IncomingMessage[] = []
const stored: IncomingMessage[] = []

type Fault = (response: ServerResponse) => void

// What the endpoint does instead of giving a token.
let fault: Fault | undefined

// What App Service offers its apps: learn.microsoft.com/azure/app-service/overview-managed-identity.
const endpoint = createHttpServer((request, response) => {
  asked.push(request)
  if (fault !== undefined) return fault(response)
  const expires = Math.floor(Date.now() / 1000) + 3600
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({ access_token: 'a-token', expires_on: String(expires), resource: 'r', token_type: 'Bearer' }),
  )
})

const pem = (name: string) => readFileSync(`node_modules/@vercel/cosmosdb-server/${name}.pem`)
const store = createServer({ key: pem('key'), cert: pem('cert') }, (request, response) => {
  stored.push(request)
  response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 'NotFound', message: '' }))
})

let origin: string
let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
  process.env.IDENTITY_ENDPOINT = `${await listen(endpoint, 0)}/msi/token`
  process.env.IDENTITY_HEADER = 'a-header'
  // The certificate of the stand-in is nobody's.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  origin = (await listen(store, 0)).replace('http:', 'https:')
})
afterAll(async () => {
  await Promise.all([closeServer(endpoint), closeServer(store), ledger.close()])
})

beforeEach(() => {
  fault = undefined
  asked.length = 0
  stored.length = 0
})

const settings = (clientId: string) => ({
  ...PATIENT,
  COSMOS_ENDPOINT: origin,
  AUTH_AUDIENCE: 'api://ledger',
  AZURE_CLIENT_ID: clientId,
  AUTH_ALLOWED_TENANTS: '*',
  PUBLIC_BASE_URL: 'https://ledger.example',
  WEBSITE_SITE_NAME: 'ledger',
})

test('without a key the store is asked with a token of the managed identity, which is fetched once', async () => {
  const attempts = cosmosAttempts(parseConfig(settings(CLIENT_ID)), () => new Date())
  const replies = [1, 2].map(() => attempts.read(managedTenantOperation, KEY))
  expect((await Promise.all(replies)).map(({ kind }) => kind)).toEqual(['absent', 'absent'])
  const headers = stored.map((request) => decodeURIComponent(request.headers.authorization ?? ''))
  expect(headers).toEqual(['type=aad&ver=1.0&sig=a-token', 'type=aad&ver=1.0&sig=a-token'])
  const [request] = asked
  const query = new URL(request?.url ?? '', 'http://x').searchParams
  expect([asked.length, query.get('client_id'), query.get('resource')]).toEqual([1, CLIENT_ID, origin])
  expect(request?.headers['x-identity-header']).toBe('a-header')
})

const say =
  (status: number): Fault =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ message: 'no', statusCode: status }))

const unwell: readonly (readonly [string, Fault])[] = [
  ...[400, 403, 404, 429, 500, 503].map((status) => [`answers ${status}`, say(status)] as const),
  ['answers HTML', (response) => response.end('<html>')],
  ['resets the connection', (response) => response.socket?.resetAndDestroy()],
  ['does not answer', () => undefined],
]

describe.each(unwell)('an identity endpoint that %s', (_, one) => {
  // The library keeps tokens for the process: each test is another identity.
  const services = (deadline: number) => {
    const config = parseConfig({ ...settings(crypto.randomUUID()), STORE_DEADLINE_MS: String(deadline) })
    return {
      ...ledger.services,
      attempts: cosmosAttempts(config, () => new Date()),
      config: { ...ledger.services.config, store: config.store },
    }
  }
  const get = (using: Ledger['services']) =>
    ledger.call({ path: `/beta/managedTenantOperations/${KEY.id}`, services: using })

  test('once is retried, and the request is answered', async () => {
    const using = services(15_000)
    fault = one
    const answered = get(using)
    await expect.poll(() => asked.length).toBeGreaterThan(0)
    fault = undefined
    expect((await answered).status).toBe(404)
    expect(stored).toHaveLength(1)
  })

  test('permanently is 503 with Retry-After, and nothing is sent until it recovers', async () => {
    const using = services(1000)
    fault = one
    const answers = await Promise.all([get(using), get(using)])
    for (const { status, headers, json } of answers) {
      expect([status, headers.get('retry-after')]).toEqual([503, '2'])
      expect(json).toMatchObject({ error: { code: 'serviceUnavailable', innerError: { code: 'storeUnavailable' } } })
    }
    expect(stored).toEqual([])
    fault = undefined
    await expect.poll(async () => (await get(using)).status, { timeout: 5000 }).toBe(404)
  })
})
