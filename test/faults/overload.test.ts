import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { operation } from '../api/samples'
import { stopClock } from '../fakes/clock'
import { gate } from '../fakes/gate'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Call, type Ledger, type Reply, startLedger } from '../harness'
import { bodyFor } from './bodyFor'
import { seed, through, withLimits } from './cell'
import { faultCases } from './faults'
import { type Target, verbCases } from './verbs'

const MAXIMUM = 8

let ledger: Ledger
let proxy: FaultProxy
let services: Ledger['services']

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

beforeEach(async () => {
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  const settings = { MAX_IN_FLIGHT: String(MAXIMUM), STORE_THROTTLE_MS: '100' }
  services = await through(ledger, proxy, settings, operation)
})
afterEach(async () => {
  vi.useRealTimers()
  await proxy.close()
})

// Patient, so that on a busy machine none ends while it is held.
const list = (tenant: string): Call => ({
  path: operation.path,
  token: { tenant },
  services: withLimits(services, { deadline: 15_000, throttle: 100 }),
})

const queries = (): number => proxy.asked.filter((kind) => kind === 'query').length

const statuses = (replies: readonly Reply[]): number[] => replies.map(({ status }) => status).sort()

const expectRefused = ({ status, headers, json, log }: Reply): void => {
  expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: '2' })
  expect(json).toMatchObject({ error: { code: 'tooManyRequests', innerError: { code: 'tooManyInFlight' } } })
  // It never came to the store.
  expect(log.storeRequests).toBeUndefined()
}

/** Fills the service with requests that wait until they are released. */
const hold = (calls: readonly Call[]) => {
  const { opened, open: release } = gate()
  proxy.meanwhile = (_, when) => (when === 'before' ? opened : undefined)
  const answers = Promise.all(calls.map((call) => ledger.call(call)))
  return { answers, release }
}

const many = (length: number, toTenant: () => string): Call[] => Array.from({ length }, () => list(toTenant()))

describe('beyond MAX_IN_FLIGHT', () => {
  test('any request is refused at once, and accepted again when another is done', async () => {
    const { answers, release } = hold(many(MAXIMUM, randomUUID))
    // A slot is held by whom a verified token makes known.
    await expect.poll(queries).toBe(MAXIMUM)
    const one = list(randomUUID())
    expectRefused(await ledger.call(one))
    expectRefused(await ledger.call({ ...one, token: null }))
    expectRefused(await ledger.call({ ...one, path: '/nowhere' }))
    expectRefused(await ledger.call({ ...one, path: operation.path, body: '{', method: 'POST' }))
    release()
    expect(statuses(await answers)).toEqual(Array.from({ length: MAXIMUM }, () => 200))
    expect((await ledger.call(one)).status).toBe(200)
  })

  test('health still answers', async () => {
    stopClock()
    const { answers, release } = hold(many(MAXIMUM, randomUUID))
    const health = ledger.call({ path: '/health', token: null, services })
    release()
    expect((await health).status).toBe(200)
    await answers
  })

  test('one partner holds half, and others the rest', async () => {
    const tenant = randomUUID()
    const { answers, release } = hold(many(MAXIMUM / 2, () => tenant))
    // Behind those that hold: a token is verified before a partner is counted.
    await expect.poll(queries).toBe(MAXIMUM / 2)
    expectRefused(await ledger.call(list(tenant)))
    const others = Promise.all(many(MAXIMUM / 2, randomUUID).map((call) => ledger.call(call)))
    await expect.poll(queries).toBe(MAXIMUM)
    expectRefused(await ledger.call(list(randomUUID())))
    release()
    expect(statuses([...(await answers), ...(await others)])).toEqual(Array.from({ length: MAXIMUM }, () => 200))
    expect((await ledger.call(list(tenant))).status).toBe(200)
  })
})

/** Holds when as many requests are admitted as ever: what ended in whatever way is not counted any more. */
const expectEmpty = async (tenant: string): Promise<void> => {
  await services.concurrency.drained()
  const before = queries()
  const first = hold(many(MAXIMUM / 2, () => tenant))
  const second = many(MAXIMUM / 2, randomUUID).map((call) => ledger.call(call))
  await expect.poll(queries).toBe(before + MAXIMUM)
  first.release()
  expect(statuses([...(await first.answers), ...(await Promise.all(second))])).toEqual(Array(MAXIMUM).fill(200))
}

describe('the number of requests in flight returns to zero', () => {
  const refusals: readonly (readonly [string, (target: Target) => Omit<Call, 'services'>])[] = [
    ['a path that is not there', () => ({ path: '/nowhere' })],
    ['a method that is not there', () => ({ method: 'DELETE', path: operation.path })],
    ['no token', () => ({ path: operation.path, token: null })],
    ['a bad token', ({ tenant }) => ({ path: operation.path, token: { tenant, expires: -9999 } })],
    ['no permission', ({ tenant }) => ({ path: operation.path, token: { tenant, permissions: [] } })],
    ['a bad option', ({ tenant }) => ({ path: `${operation.path}?$top=x`, token: { tenant } })],
    ['a bad body', ({ tenant }) => ({ path: operation.path, body: '{', token: { tenant } })],
    ['another tenant', ({ tenant }) => ({ path: operation.path, body: operation.body, token: { tenant } })],
    ['an unknown id', ({ tenant }) => ({ path: `${operation.path}/${randomUUID()}`, token: { tenant } })],
    [
      'an old version',
      ({ tenant, id }) => ({
        method: 'PATCH',
        path: `${operation.path}/${id}`,
        body: {},
        headers: { 'if-match': 'W/"1"' },
        token: { tenant },
      }),
    ],
    ['a success', ({ tenant }) => ({ path: operation.path, body: bodyFor(operation, tenant), token: { tenant } })],
  ]

  test('after whatever refusal', async () => {
    const tenant = randomUUID()
    const target = await seed(ledger, operation, tenant)
    for (const [name, toCall] of refusals) {
      const calls = Array.from({ length: MAXIMUM / 2 }, () => ledger.call({ ...toCall(target), services }))
      expect(statuses(await Promise.all(calls)), name).not.toContain(429)
    }
    await expectEmpty(tenant)
  })

  test('after whatever fault of the store', async () => {
    const tenant = randomUUID()
    const target = await seed(ledger, operation, tenant)
    for (const { fault } of faultCases) {
      if (typeof fault !== 'object' || fault.act === 'slowAnswer' || fault.act.startsWith('hang')) continue
      proxy.inject(fault, ['create', 'read', 'replace', 'delete', 'query'], 4)
      const calls = verbCases.slice(0, MAXIMUM / 2).map((verb) => ledger.call({ ...verb.request(target), services }))
      expect(statuses(await Promise.all(calls))).not.toContain(500)
    }
    await proxy.heal()
    await expectEmpty(tenant)
  })
})
