import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operation, result } from '../api/samples'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import type { Kind } from '../fakes/sent'
import { type Ledger, PATIENCE_MS, startLedger } from '../harness'
import { bodyFor } from './bodyFor'
import { documentsOf, seed, withLimits } from './cell'
import { type FaultCase, faultCases } from './faults'
import { throughSilence } from './silence'
import { changesOf } from './verbs'

// What the SDK asks for beside what it was told to do: definitions of containers, plans of queries, and the read before
// a change. Here the service has just started and knows nothing yet.

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const isRequestFault = ({ fault }: FaultCase) => fault !== 'refuse' && fault !== 'mute'
const cases = faultCases.filter(isRequestFault)

/** A service that has just started, and the same with little patience, for faults that do not pass. */
interface Fresh {
  readonly proxy: FaultProxy
  readonly services: Ledger['services']
  readonly impatient: Ledger['services']
}

const proxies = new Set<FaultProxy>()

const behindProxy = async <T>(
  { fault, ever }: FaultCase,
  kind: Kind,
  times: number,
  run: (fresh: Fresh) => Promise<T>,
) => {
  const proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  proxies.add(proxy)
  const made = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint })
  const services = { ...made, authenticate: ledger.services.authenticate }
  const deadline = ever === 'storeUnavailable' ? 500 : PATIENCE_MS
  if (typeof fault === 'object') proxy.inject(fault, [kind], times)
  try {
    return await run({ proxy, services, impatient: withLimits(services, { deadline, throttle: 200 }) })
  } finally {
    await proxy.close()
  }
}

const FAILED = { success: 201, storeUnavailable: 503, storeThrottled: 429 } as const

/** Tries every fault, all at a time, and tests what came of it afterwards. Silent ones that happen once end with an attempt. */
const forEachFault = <T>(
  name: string,
  run: (fault: FaultCase) => Promise<T>,
  check: (seen: T, fault: FaultCase) => void,
  often: 'once' | 'for ever' = 'for ever',
) => {
  describe(name, () => {
    const observed = new Map<FaultCase, T>()
    const tryAll = (those: readonly FaultCase[]) =>
      Promise.all(those.map(async (fault) => observed.set(fault, await run(fault))))
    beforeAll(async () => {
      const silent = cases.filter((fault) => fault.silent && often === 'once')
      await tryAll(cases.filter((fault) => !silent.includes(fault)))
      proxies.clear()
      await throughSilence(proxies, silent.length, () => tryAll(silent))
    })
    test.each(cases.map((fault) => [fault.name, fault] as const))('%s', (_, fault) => {
      const seen = observed.get(fault)
      if (seen === undefined) throw new Error('this fault was not tried')
      check(seen, fault)
    })
  })
}

forEachFault(
  'the definition of a container, once: a create is 201',
  async (fault) => {
    const tenant = randomUUID()
    const call = { path: result.path, body: bodyFor(result, tenant), token: { tenant } }
    const { status } = await behindProxy(fault, 'container', 1, ({ services }) => ledger.call({ ...call, services }))
    return { status, documents: await documentsOf(ledger, result, tenant) }
  },
  ({ status, documents }) => {
    expect(status).toBe(201)
    expect(documents).toHaveLength(1)
  },
  'once',
)

forEachFault(
  'the definition of a container, for ever: nothing is stored, and the next create is well',
  (fault) =>
    behindProxy(fault, 'container', Number.POSITIVE_INFINITY, async ({ proxy, services, impatient }) => {
      const tenant = randomUUID()
      const call = { path: operation.path, body: bodyFor(operation, tenant), token: { tenant }, services }
      const { status } = await ledger.call({ ...call, services: impatient })
      // What was given up may still be on its way.
      await proxy.quiet()
      await proxy.heal()
      const next = await ledger.call(call)
      return { status, next: next.status, documents: await documentsOf(ledger, operation, tenant) }
    }),
  ({ status, next, documents }, { ever }) => {
    expect({ status, next }).toEqual({ status: FAILED[ever], next: 201 })
    expect(documents).toHaveLength(ever === 'success' ? 2 : 1)
  },
)

forEachFault(
  'the plan of a query: the list does without',
  async (fault) => {
    const tenant = randomUUID()
    await seed(ledger, result, tenant)
    const call = { path: `${result.path}?$count=true`, token: { tenant } }
    const { json } = await behindProxy(fault, 'plan', 99, ({ services }) => ledger.call({ ...call, services }))
    return { tenant, json }
  },
  ({ tenant, json }) => expect(json).toMatchObject({ '@odata.count': 1, value: [{ partnerTenantId: tenant }] }),
)

forEachFault(
  'the read before a PATCH: nothing is changed that was not read',
  async (fault) => {
    const tenant = randomUUID()
    const { id } = await seed(ledger, operation, tenant)
    const call = { method: 'PATCH', path: `${operation.path}/${id}`, body: changesOf(operation), token: { tenant } }
    const { status } = await behindProxy(fault, 'read', 99, ({ impatient }) =>
      ledger.call({ ...call, services: impatient }),
    )
    return { status, documents: await documentsOf(ledger, operation, tenant) }
  },
  ({ status, documents }, { ever }) => {
    expect(status).toBe(ever === 'success' ? 200 : FAILED[ever])
    expect(documents).toMatchObject([{ description: ever === 'success' ? 'changed' : null }])
  },
)
