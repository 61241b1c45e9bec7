import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { errorOf, verdict } from '../api/replies'
import { operation } from '../api/samples'
import type { Fault } from '../fakes/fault'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Ledger, startLedger } from '../harness'
import { documentsOf, seed, through } from './cell'
import { type Target, type VerbCase, verbCases } from './verbs'

const PERHAPS = /The change may have been made: read the resource, or retry a create with the same Repeat/
const NOTHING = /Nothing was changed: try again\.$/
const AGAIN = /too late\. Try again\.$/

let ledger: Ledger
let proxy: FaultProxy
let services: Ledger['services']
// Whose deadline does not run out, however busy the machine is.
let patient: Ledger['services']
let target: Target

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

beforeEach(async () => {
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  services = await through(ledger, proxy, { STORE_DEADLINE_MS: '500', STORE_THROTTLE_MS: '50' }, operation)
  patient = await through(ledger, proxy, { STORE_DEADLINE_MS: '20000', STORE_THROTTLE_MS: '50' }, operation)
  target = await seed(ledger, operation, randomUUID())
})
afterEach(() => proxy.close())

const cases = verbCases.filter(({ sample }) => sample === operation)
const writes = cases.filter(({ kind }) => kind !== 'read' && kind !== 'query')
const reads = cases.filter(({ kind }) => kind === 'read' || kind === 'query')
const named = (some: readonly VerbCase[]) => some.map((verb) => [verb.name, verb] as const)

const refusal = (status: number, substatus: number): Fault => ({
  act: 'refuse',
  status,
  headers: { 'x-ms-substatus': String(substatus) },
  body: JSON.stringify({ code: String(status), message: 'refused' }),
})

const run = async ({ request, part }: VerbCase, by = services) => {
  const reply = await ledger.call({ ...request(target), token: { tenant: target.tenant }, services: by })
  // What is in a batch, or in a bulk, has an answer of its own inside.
  return part === undefined ? reply : part(reply)
}
const stored = () => documentsOf(ledger, operation, target.tenant)

describe.each(named(writes))('%s', (_, verb) => {
  const failed = async (fault: Fault, by = services) => {
    proxy.inject(fault, [verb.kind])
    return run(verb, by)
  }

  test.each(['dropRequest', 'dropAnswer', 'hang', 'hangAnswer'] as const)(
    'says that it may have been made (%s)',
    async (act) => {
      const reply = await failed({ act })
      expect(verdict(reply)).toEqual([503, 'serviceUnavailable', 'storeUnavailable'])
      expect(errorOf(reply)?.message).toMatch(PERHAPS)
    },
  )

  test('says so too where the store is busy afterwards', async () => {
    proxy.inject(refusal(429, 3200), [verb.kind])
    const busy = await run(verb, patient)
    expect(verdict(busy)).toEqual([429, 'tooManyRequests', 'storeThrottled'])
    expect(errorOf(busy)?.message).not.toMatch(PERHAPS)
    await proxy.heal()
    proxy.inject({ act: 'dropRequest' }, [verb.kind], 1)
    const reply = await failed(refusal(429, 3200), patient)
    expect([reply.status, errorOf(reply)?.message]).toEqual([429, expect.stringMatching(PERHAPS)])
  })

  test('says that nothing was changed where nothing was sent', async () => {
    await proxy.refuse()
    // A connection that was still open may break under the first request, which was sent then.
    await run(verb)
    const reply = await run(verb)
    expect([reply.status, errorOf(reply)?.message]).toEqual([503, expect.stringMatching(NOTHING)])
  })

  test('is 507 where the partition is full, at once, and changes nothing', async () => {
    const before = await stored()
    const reply = await failed(refusal(403, 1014), patient)
    expect(verdict(reply)).toEqual([507, 'insufficientStorage', 'partitionFull'])
    expect(reply.headers.get('retry-after')).toBeNull()
    expect(proxy.asked.filter((kind) => kind === verb.kind)).toHaveLength(1)
    expect(await stored()).toEqual(before)
  })
})

test.each(named(reads))('%s says no more than to try again', async (_, verb) => {
  proxy.inject({ act: 'hang' }, [verb.kind])
  const reply = await run(verb)
  expect([reply.status, errorOf(reply)?.message]).toEqual([503, expect.stringMatching(AGAIN)])
})

test('a change whose preceding read failed does not say that it may have been made', async () => {
  proxy.inject({ act: 'hang' }, ['read'])
  const patch = writes.find(({ kind }) => kind === 'replace')
  const reply = patch === undefined ? undefined : await run(patch)
  expect(reply?.status).toBe(503)
  expect(reply?.text).not.toMatch(PERHAPS)
})
