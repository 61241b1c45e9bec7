import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { guessAddress } from '../../shared/account/regions'
import { errorOf } from '../api/replies'
import { operation } from '../api/samples'
import { type Account, type Outage, startAccount } from '../fakes/account'
import { type Call, type Ledger, NOW, startLedger, TENANT } from '../harness'
import { bodyFor } from './bodyFor'

const PAUSE = 30_000

let ledger: Ledger
let account: Account
let services: Ledger['services']
let now: Date

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

beforeEach(async () => {
  account = await startAccount()
  now = NOW
  services = start()
})
afterEach(() => account.close())

const start = (deadline = 3000) => {
  const settings = {
    COSMOS_ENDPOINT: account.endpoint,
    COSMOS_REGIONS: 'West Europe, northeurope',
    STORE_DEADLINE_MS: String(deadline),
  }
  return { ...ledger.with(settings, () => now), authenticate: ledger.services.authenticate }
}

const call = (call: Omit<Call, 'services'>, by = services) => ledger.call({ ...call, services: by })
const create = (by = services) => call({ path: operation.path, body: bodyFor(operation, TENANT) }, by)
const item = (id: unknown) => `${operation.path}/${String(id)}`
const health = async () => (await call({ path: '/health', token: null }, { ...services })).status

/** Forgets what was sent. */
const listen = () => {
  account.first.asked.length = 0
  account.second.asked.length = 0
}

const pass = (time = PAUSE + 1) => {
  now = new Date(now.getTime() + time)
}

// Whatever the SDK would still send comes within this, if ever.
const SOON = 1500

const expectQuiet = async () => {
  const before = [account.first.asked.length, account.second.asked.length]
  await new Promise((resolve) => setTimeout(resolve, SOON))
  expect([account.first.asked.length, account.second.asked.length]).toEqual(before)
}

const outages: readonly Outage[] = ['hangs', 'resets', 'refuses', 410, 503]

test('without an outage the preferred region answers everything, and nothing is sent twice', async () => {
  const { status, json } = await create()
  expect([status, (await call({ path: item(json.id) })).status]).toEqual([201, 200])
  expect((await call({ path: operation.path })).json.value).toHaveLength(1)
  expect(account.first.asked).toEqual(['account', 'container', 'create', 'read', 'plan', 'query'])
  expect(account.second.asked).toEqual([])
})

describe.each(outages.map((outage) => [outage] as const))('the first region %s', (outage) => {
  let id: unknown
  beforeEach(async () => {
    id = (await create()).json.id
    listen()
    await account.first.fail(outage)
  })

  test('reads are answered by the other, health too, and nothing is sent afterwards', async () => {
    expect((await call({ path: item(id) })).status).toBe(200)
    expect((await call({ path: operation.path })).json.value).toHaveLength(1)
    const groups = await call({ path: `${operation.path}?$apply=groupby((status),aggregate($count as total))` })
    expect(groups.json.value).toMatchObject([{ total: 1 }])
    expect((await call({ path: `${operation.path}/$count` })).status).not.toBe(503)
    expect(await health()).toBe(200)
    const inVain = account.first.asked.length
    expect((await call({ path: item(id) })).status).toBe(200)
    expect(account.first.asked).toHaveLength(inVain)
    await expectQuiet()
  })

  test('health is ok at once', async () => {
    expect(await health()).toBe(200)
  })

  test('one region takes writes: a create is 503 until the account fails over', async () => {
    const refused = await create()
    expect(refused.status).toBe(503)
    // On a connection that is still open the first attempt may have come through.
    const sentence = outage === 'refuses' ? /may have been made|Nothing was changed/ : /may have been made/
    expect(errorOf(refused)?.message).toMatch(sentence)
    if (outage === 'refuses') expect(errorOf(await create())?.message).toMatch(/Nothing was changed/)
    expect(account.documents.size).toBe(1)
    account.writable = ['North Europe']
    pass()
    expect((await create()).status).toBe(201)
    expect(account.documents.size).toBe(2)
    await expectQuiet()
  })

  test('the account takes writes in both: the other takes them, each once', async () => {
    account.writable = ['West Europe', 'North Europe']
    services = start()
    await account.first.heal()
    expect((await create()).status).toBe(201)
    await account.first.fail(outage)
    listen()
    expect((await create()).status).toBe(201)
    expect((await call({ method: 'PATCH', path: item(id), body: { description: 'a' } })).status).toBe(200)
    expect((await call({ method: 'DELETE', path: item(id) })).status).toBe(204)
    expect(account.documents.size).toBe(2)
    expect(account.second.asked.filter((kind) => kind === 'create')).toHaveLength(1)
    await expectQuiet()
  })

  test('recovery is seen by one request, and then by all', async () => {
    expect((await call({ path: item(id) })).status).toBe(200)
    await account.first.heal()
    listen()
    expect((await call({ path: item(id) })).status).toBe(200)
    expect(account.first.asked).toEqual([])
    pass()
    for (const _ of [1, 2, 3]) expect((await call({ path: item(id) })).status).toBe(200)
    expect(account.first.asked).toEqual(['read', 'read', 'read'])
  })

  test('during an outage only an occasional request tries it', async () => {
    expect((await call({ path: item(id) })).status).toBe(200)
    pass()
    listen()
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await call({ path: item(id) })).status))
    expect(statuses).toEqual([200, 200, 200, 200])
    expect(account.first.asked.length).toBeLessThanOrEqual(1)
  })

  test('and the other too: 503', async () => {
    await account.second.fail(outage)
    const reply = await call({ path: item(id) })
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await health()).toBe(503)
    await account.second.heal()
    await expect.poll(async () => (await call({ path: item(id) })).status, { timeout: 10_000 }).toBe(200)
    await expectQuiet()
  })
})

test('a region that no longer takes writes still serves reads, and writes go to the one that does', async () => {
  const { id } = (await create()).json
  await account.first.fail('403/3')
  account.writable = ['North Europe']
  listen()
  expect((await create()).status).toBe(201)
  expect((await call({ path: item(id) })).status).toBe(200)
  expect(account.second.asked).toEqual(['create'])
  expect(account.first.asked.at(-1)).toBe('read')
})

test('a single failed answer is not an outage', async () => {
  const { id } = (await create()).json
  await account.first.fail(503)
  listen()
  const answered = call({ path: item(id) })
  await expect.poll(() => account.first.asked.length, { interval: 1 }).toBeGreaterThan(0)
  await account.first.heal()
  expect((await answered).status).toBe(200)
  expect(account.second.asked.length).toBeLessThanOrEqual(1)
  expect((await call({ path: item(randomUUID()) })).status).toBe(404)
})

test.each([
  ['https://ledger.documents.azure.com:443/', 'South Central US', 'https://ledger-southcentralus.documents.azure.com/'],
  ['https://ledger.documents.azure.com', 'westeurope', 'https://ledger-westeurope.documents.azure.com/'],
])('%s is found in %s though it cannot be asked', (endpoint, region, address) => {
  expect(guessAddress(endpoint, region)).toBe(address)
})
