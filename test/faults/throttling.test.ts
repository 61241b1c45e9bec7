import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { operation } from '../api/samples'
import { afterDeadline, passTime, stopClock } from '../fakes/clock'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Ledger, startLedger } from '../harness'
import { bodyFor } from './bodyFor'
import { documentsOf, seed, through } from './cell'
import { verbCases } from './verbs'

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
})
const proxies: FaultProxy[] = []
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()))
  await ledger.close()
})

/** A service of its own for each test: most of them only wait. */
const stage = async () => {
  const proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  proxies.push(proxy)
  const services = await through(ledger, proxy, { STORE_THROTTLE_MS: '400' }, operation)
  const create = () => {
    const tenant = randomUUID()
    const call = { path: operation.path, body: bodyFor(operation, tenant), token: { tenant }, services }
    return { tenant, answer: ledger.call(call) }
  }
  const health = () => ledger.call({ path: '/health', token: null, services })
  return { proxy, services, create, health }
}

const throttled = (retryAfter: string | undefined) => ({
  act: 'refuse' as const,
  status: 429,
  headers: retryAfter === undefined ? {} : { 'x-ms-retry-after-ms': retryAfter },
  body: '{"code":"429","message":"Request rate is large."}',
})

describe.concurrent('a store that throttles', () => {
  test.each([
    ['100', '1'],
    ['999', '1'],
    ['1001', '2'],
    ['60000', '60'],
    ['0', '1'],
    ['-5', '1'],
    [undefined, '2'],
    ['soon', '2'],
  ])('and says %s ms, makes the caller wait %s s', async (said, expected) => {
    const { proxy, create } = await stage()
    proxy.inject(throttled(said), ['create'])
    const { tenant, answer } = create()
    const { status, headers, json } = await answer
    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: expected })
    expect(json).toMatchObject({ error: { code: 'tooManyRequests', innerError: { code: 'storeThrottled' } } })
    expect(await documentsOf(ledger, operation, tenant)).toEqual([])
  })

  test('for longer than the budget is not retried', async () => {
    const { proxy, create } = await stage()
    proxy.inject(throttled('401'), ['create'])
    expect((await create().answer).log).toMatchObject({ status: 429, storeRequests: 1 })
  })

  test('is asked as often as fits into the budget', async () => {
    const { proxy, create } = await stage()
    proxy.inject(throttled('100'), ['create'])
    expect((await create().answer).log).toMatchObject({ status: 429, storeRequests: 5 })
  })

  test('without a useful Retry-After is not retried at once', async () => {
    const { proxy, create } = await stage()
    proxy.inject(throttled('0'), ['create'])
    const { log } = await create().answer
    expect(log.storeRequests).toBeLessThanOrEqual(17)
  })

  test('for a moment goes unnoticed', async () => {
    const { proxy, create } = await stage()
    proxy.inject(throttled('50'), ['create'], 3)
    const { tenant, answer } = create()
    expect((await answer).log).toMatchObject({ status: 201, storeRequests: 4 })
    expect(await documentsOf(ledger, operation, tenant)).toHaveLength(1)
  })

  test('reads as well as writes: one budget for a whole request', async () => {
    const { proxy, services } = await stage()
    const target = await seed(ledger, operation, randomUUID())
    const patch = verbCases.find(({ name }) => name === 'patch')?.request(target)
    proxy.inject(throttled('250'), ['read', 'replace'], 2)
    expect((await ledger.call({ path: '', ...patch, services })).status).toBe(429)
    proxy.inject(throttled('150'), ['read'], 1)
    proxy.inject(throttled('150'), ['replace'], 1)
    expect((await ledger.call({ path: '', ...patch, services })).status).toBe(200)
  })

  test('is the last word where it was the last answer', async () => {
    const { proxy, create } = await stage()
    proxy.inject({ act: 'dropRequest' }, ['create'], 2)
    proxy.inject(throttled('900'), ['create'])
    expect((await create().answer).status).toBe(429)
  })
})

describe('health', () => {
  beforeEach(() => {
    stopClock()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    ['is refused', { act: 'refuse', status: 503, body: '' }],
    ['is denied', { act: 'refuse', status: 401, body: '{"code":"Unauthorized","message":"no"}' }],
    [
      'finds no database',
      { act: 'refuse', status: 404, headers: { 'x-ms-substatus': '1003' }, body: '{"message":""}' },
    ],
    ['is throttled', throttled('10')],
    ['is cut off', { act: 'cutAnswer' }],
    ['is not answered', { act: 'hang' }],
  ] as const)('is 503 where the store %s, and well a second later', async (_, fault) => {
    const { proxy, health } = await stage()
    proxy.inject(fault, ['read'])
    const { status, json, headers } = await (fault.act === 'hang' ? afterDeadline(health()) : health())
    expect({ status, json }).toEqual({ status: 503, json: { status: 'unavailable' } })
    expect(headers.get('content-type')).toBe('application/json')
    await proxy.heal()
    passTime(1000)
    expect((await health()).status).toBe(200)
  })

  test('asks the store once a second, however often it is asked', async () => {
    const { proxy, health } = await stage()
    for (const [passed, asked] of [
      [0, 1],
      [999, 1],
      [1, 2],
    ] as const) {
      passTime(passed)
      await Promise.all(Array.from({ length: 100 }, health))
      expect(proxy.asked.filter((kind) => kind === 'read')).toHaveLength(asked)
    }
  })
})
