import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copies, entitiesOf, outcomes, repeatableBulk, sendBulk } from '../api/bulks'
import { operation, result } from '../api/samples'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Ledger, NOW, startLedger } from '../harness'
import { withLimits } from './cell'

// What a single create does under a fault the matrix tells; these are about many at once.

let ledger: Ledger
let proxy: FaultProxy
beforeAll(async () => {
  ledger = await startLedger()
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
})
afterAll(async () => {
  await proxy.close()
  await ledger.close()
})

const PARTITIONS = 'ranges' as const
const refusal = (status: number, headers = {}) => ({
  act: 'refuse' as const,
  status,
  headers,
  body: '{"code":"x","message":"y"}',
})
const through = (settings: Readonly<Record<string, string>> = {}) =>
  ledger.with({ COSMOS_ENDPOINT: proxy.endpoint, ...settings }, () => NOW)
const count = () => ledger.count(result.container)

test.each([
  ['is dropped', { act: 'dropAnswer' as const }],
  ['is cut', { act: 'cutAnswer' as const }],
  ['is no array', { act: 'replaceAnswer' as const, body: '{}' }],
  ['says too little', { act: 'replaceAnswer' as const, body: '[{"statusCode":201}]' }],
])('an answer that %s leaves a hundred outcomes unknown, and each is settled', async (_, fault) => {
  const before = await count()
  proxy.inject(fault, ['batch'], 3)
  const reply = await sendBulk(ledger, result, copies(result, 450), { services: through() })
  expect(reply.json['@odata.count']).toBe(450)
  expect(new Set(entitiesOf(reply).map(({ id }) => id)).size).toBe(450)
  expect(await count()).toBe(before + 450)
  await proxy.heal()
})

test('a look-up of partitions that failed is forgotten', async () => {
  const services = through()
  const patient = withLimits(services, { deadline: 5000, throttle: 100 })
  proxy.inject(refusal(500), [PARTITIONS], 2)
  expect((await sendBulk(ledger, result, [result.body], { services: patient })).json['@odata.count']).toBe(1)
  await proxy.heal()
  const others = through()
  proxy.inject({ act: 'hang' }, [PARTITIONS], 1)
  const impatient = withLimits(others, { deadline: 5000, throttle: 100 })
  expect((await sendBulk(ledger, result, [result.body], { services: impatient })).json['@odata.count']).toBe(1)
  await proxy.heal()
})

test('a partition that splits is found anew', async () => {
  proxy.inject(refusal(410, { 'x-ms-substatus': '1002' }), ['batch'], 1)
  const reply = await sendBulk(ledger, result, copies(result, 150), { services: through() })
  expect(reply.json['@odata.count']).toBe(150)
  await proxy.heal()
})

test('what is not settled at the deadline is told entity by entity, and settled when it is sent again', async () => {
  const headers = repeatableBulk(randomUUID())
  const value = copies(result, 250)
  const services = withLimits(through(), { deadline: 200, throttle: 100 })
  let passed = 0
  proxy.meanwhile = (kind, when) => {
    if (kind === 'batch' && when === 'before') passed += 1
    return kind === 'batch' && passed > 2 ? new Promise((resolve) => setTimeout(resolve, 1500)) : undefined
  }
  const first = await sendBulk(ledger, result, value, { headers, services })
  const failed = outcomes(first).filter(([, status]) => status !== undefined)
  expect(first.status).toBe(200)
  expect(first.json['@odata.count']).toBe(250 - failed.length)
  expect(failed.length).toBeGreaterThan(0)
  expect(new Set(failed.map(([, status, code]) => `${status} ${code}`))).toEqual(new Set(['503 storeUnavailable']))
  expect(first.log).toMatchObject({ status: 200, error: 'storeUnavailable' })
  proxy.meanwhile = () => undefined
  await proxy.quiet()
  const before = await count()
  const again = await sendBulk(ledger, result, value, { headers, services: through() })
  expect(again.json['@odata.count']).toBe(250)
  expect(new Set(entitiesOf(again).map(({ id }) => id)).size).toBe(250)
  expect((await count()) - before).toBeLessThanOrEqual(failed.length)
})

test('what the store throttles is 429, and what it takes is stored', async () => {
  const services = withLimits(through(), { deadline: 2000, throttle: 20 })
  proxy.inject(refusal(429, { 'x-ms-retry-after-ms': '60' }), ['batch'])
  const reply = await sendBulk(ledger, operation, [operation.body, {}], { services })
  expect(outcomes(reply).map((one) => one.slice(0, 3))).toEqual([
    ['0', 429, 'storeThrottled'],
    ['1', 400, 'invalidPayload'],
  ])
  await proxy.heal()
})

test('a store that refuses us is a defect of each entity, and the log has the cause', async () => {
  proxy.inject(refusal(401), ['batch'])
  const reply = await sendBulk(ledger, operation, [operation.body], { services: through() })
  expect(outcomes(reply)).toEqual([['0', 500, 'unexpected']])
  expect(reply.log).toMatchObject({ status: 200, error: 'unexpected', causes: [{ name: 'Error' }, { code: 401 }] })
  await proxy.heal()
})

test('a bulk holds as many slots as it has requests under way, and never more than half of all', async () => {
  const services = through({ MAX_IN_FLIGHT: '8' })
  let atOnce = 0
  let most = 0
  proxy.meanwhile = async (kind, when) => {
    if (kind !== 'batch') return
    atOnce += when === 'before' ? 1 : -1
    most = Math.max(most, atOnce)
    if (when === 'before') await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const two = await Promise.all([1, 2].map(() => sendBulk(ledger, result, copies(result, 1000), { services })))
  expect(two.map(({ status }) => status).sort()).toEqual([200, 429])
  expect(most).toBe(4)
  proxy.meanwhile = () => undefined
  expect(services.concurrency.partners).toBe(0)
  await services.concurrency.drained()
  const one = await sendBulk(ledger, result, copies(result, 300), { services: through({ MAX_IN_FLIGHT: '2' }) })
  expect(one.json['@odata.count']).toBe(300)
})
