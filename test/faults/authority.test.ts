import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newSigningKey, type SigningKey } from '../../local/signingKey'
import { operation } from '../api/samples'
import { type Answer, type Authority, KEYS, startAuthority } from '../fakes/authority'
import { type Ledger, NOW, startLedger } from '../harness'

const key = newSigningKey()
const next = newSigningKey()

// Long enough for an authority that is well, on a busy machine at the second or third time.
const DEADLINE_MS = 500
const HOUR = 3_600_000
const COOLDOWN = 30_000

const say =
  (status: number, body: string): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)

const onlyKeys =
  (answer: Answer): Answer =>
  (response, path) =>
    (path.startsWith(KEYS) ? answer : authority.well)(response, path)

const drip: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 20)
  response.once('close', () => clearInterval(timer))
}

const faults: readonly (readonly [string, Answer])[] = [
  ['does not answer', () => undefined],
  ['resets the connection', (response) => response.socket?.resetAndDestroy()],
  ['drips', drip],
  ['answers 500', say(500, '{"error":"server_error"}')],
  ['answers 503 in HTML', say(503, '<html>')],
  ['answers HTML', say(200, '<html>')],
  ['answers nothing', say(200, '')],
  ['answers another object', say(200, '{}')],
  ['answers null', say(200, 'null')],
  ['redirects', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['does not answer with keys', onlyKeys(() => undefined)],
  ['resets the connection for keys', onlyKeys((response) => response.socket?.resetAndDestroy())],
  ['answers 500 for keys', onlyKeys(say(500, '{}'))],
  ['answers HTML for keys', onlyKeys(say(200, '<html>'))],
  ['has no key', onlyKeys(say(200, '{"keys":[]}'))],
  ['has keys without an id', onlyKeys(say(200, '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}'))],
]

let ledger: Ledger
let authority: Authority

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

beforeEach(async () => {
  authority = await startAuthority([key])
})
afterEach(() => authority.close())

let now: Date
const start = () => {
  now = NOW
  return ledger.with({ AUTH_AUTHORITY: authority.address, AUTH_DEADLINE_MS: String(DEADLINE_MS) }, () => now)
}

const list = (services: Ledger['services'], key: SigningKey, version: '1.0' | '2.0' = '2.0') =>
  ledger.call({ path: operation.path, token: { key, version, now }, services })

// A fetch that failed is remembered for half a minute.
const coolDown = () => {
  now = new Date(now.getTime() + COOLDOWN)
}

/** Asks until it is answered: even an authority that is well may be later than this deadline. */
const expectWell = (services: Ledger['services'], version?: '1.0' | '2.0') =>
  expect
    .poll(() => {
      coolDown()
      return list(services, key, version)
    })
    .toMatchObject({ status: 200 })

const expectUnavailable = ({ status, headers, json, text }: Awaited<ReturnType<typeof list>>) => {
  expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '2' })
  expect(json).toMatchObject({ error: { code: 'serviceUnavailable', innerError: { code: 'authorityUnavailable' } } })
  expect(text).not.toContain('127.0.0.1')
}

describe.each(faults)('an authority that %s', (_, fault) => {
  test.each(['1.0', '2.0'] as const)('at the start: 503 until it is well (tokens %s)', async (version) => {
    authority.answer = fault
    const services = start()
    services.warm([]).catch(() => undefined)
    expectUnavailable(await list(services, key, version))
    authority.answer = authority.well
    expectUnavailable(await list(services, key, version))
    await expectWell(services, version)
  })

  test('is asked twice a minute at most, however many tokens come, and at once', async () => {
    authority.answer = fault
    const services = start()
    const stranger = () => ({ ...next, kid: crypto.randomUUID() })
    const flood = () => Promise.all(Array.from({ length: 60 }, () => list(services, stranger())))
    for (const rounds of [1, 2, 3]) {
      const statuses = [...(await flood()), ...(await flood())].map(({ status }) => status)
      expect(new Set(statuses)).toEqual(new Set([503]))
      const times = authority.asked.map((path) => authority.asked.filter((other) => other === path).length)
      expect(Math.max(...times)).toBeLessThanOrEqual(rounds)
      coolDown()
    }
  })

  test('does not affect callers whose keys are cached', async () => {
    const services = start()
    await expectWell(services)
    authority.answer = fault
    coolDown()
    expectUnavailable(await list(services, { ...next, kid: 'unknown' }))
    expect((await list(services, key)).status).toBe(200)
  })

  test('later: cached keys still work, and a new one is 503 until it recovers', async () => {
    const services = start()
    await expectWell(services)
    authority.answer = fault
    authority.publish([key, next])
    now = new Date(now.getTime() + 2 * HOUR)
    expect((await list(services, key)).status).toBe(200)
    now = new Date(now.getTime() + 23 * HOUR)
    // After a day the old keys are not trusted any more.
    expectUnavailable(await list(services, key))
    authority.answer = authority.well
    await expectWell(services)
    expect((await list(services, next)).status).toBe(200)
  })
})

test('an authority that is down is 503, and requests that need no token are answered', async () => {
  const services = start()
  await authority.close()
  expectUnavailable(await list(services, key))
  const health = async () => (await ledger.call({ path: '/health', token: null, services: { ...services } })).status
  await expect.poll(health).toBe(200)
  expect((await ledger.call({ path: operation.path, token: null, services })).status).toBe(401)
})
