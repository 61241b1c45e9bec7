import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gate } from '../fakes/gate'
import { watchMaps } from '../fakes/maps'
import { type Ledger, startLedger } from '../harness'
import { operation } from '../verbs/samples'

// An instance lives for weeks: what it remembers of its callers must end somewhere.

const MOST_TOKENS = 10_000

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const start = () => watchMaps(() => ledger.with({ MAX_IN_FLIGHT: '20' }))

const listBy = (services: Ledger['services'], tenant: string) =>
  ledger.call({ path: operation.path, token: { tenant }, services })

/** The one map that a call leaves something in. */
const rememberedBy = async ({ made, maps }: ReturnType<typeof start>) => {
  const before = new Set(maps.filter(({ size }) => size > 0))
  await made.authenticate(`Bearer ${ledger.token()}`)
  const grown = maps.filter((map) => map.size === 1 && !before.has(map))
  expect(grown).toHaveLength(1)
  return grown[0] ?? new Map()
}

it('remembers ten thousand tokens, and forgets the oldest for a newer one', async () => {
  const service = start()
  const remembered = await rememberedBy(service)
  const [first] = remembered.keys()
  const [known] = remembered.values()
  for (let count = 1; count < MOST_TOKENS; count++) remembered.set(`token ${count}`, known)
  expect(remembered.size).toBe(MOST_TOKENS)
  expect(remembered.has(first)).toBe(true)
  for (const size of [1, 2, 3]) {
    expect((await listBy(service.made, randomUUID())).status).toBe(200)
    expect(remembered.size).toBe(MOST_TOKENS)
    expect([...remembered.keys()].filter((key) => !String(key).startsWith('token '))).toHaveLength(size)
  }
  expect([remembered.has(first), remembered.has('token 2'), remembered.has('token 3')]).toEqual([false, false, true])
})

it('remembers no partner whose requests have been answered, or refused', async () => {
  const { made, maps } = start()
  const tenants = Array.from({ length: 8 }, () => randomUUID())
  const knowing = () => maps.filter((map) => tenants.some((tenant) => map.has(tenant)))
  const { opened, open } = gate()
  const query: typeof made.attempts.query = async (...args) => {
    await opened
    return made.attempts.query(...args)
  }
  const services = { ...made, attempts: { ...made.attempts, query } }
  const calls = tenants.flatMap((tenant) => [
    listBy(services, tenant),
    ledger.call({ path: `${operation.path}?$top=x`, token: { tenant }, services }),
  ])
  await expect.poll(() => knowing().length).toBe(1)
  open()
  const statuses = (await Promise.all(calls)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200, 400]))
  expect(knowing()).toEqual([])
})
