import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { newSigningKey } from '../../local/signingKey'
import { operation } from '../api/samples'
import { type Authority, startAuthority } from '../fakes/authority'
import { type Ledger, NOW, startLedger } from '../harness'

const MAXIMUM = 8
const COOLDOWN = 30_000

const key = newSigningKey()

let ledger: Ledger
let authority: Authority
let services: Ledger['services']
let now: Date

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

beforeEach(async () => {
  now = NOW
  authority = await startAuthority([key])
  const settings = { MAX_IN_FLIGHT: String(MAXIMUM), AUTH_AUTHORITY: authority.address, AUTH_DEADLINE_MS: '1500' }
  services = ledger.with(settings, () => now)
})
afterEach(() => authority.close())

/** From now on the authority answers nothing; how often it was asked before. */
const hang = () => {
  now = new Date(now.getTime() + COOLDOWN)
  authority.answer = () => undefined
  return authority.asked.length
}

const list = async (token: string): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` }
  return (await ledger.call({ path: operation.path, headers, token: null, services })).status
}

const times = <T>(length: number, make: () => T): T[] => Array.from({ length }, make)
const strange = () => ledger.token({ key: { ...key, kid: randomUUID() } })

test('made-up tokens take no slot of identified callers while the authority hangs', async () => {
  const known = times(MAXIMUM, () => ledger.token({ key, tenant: randomUUID() }))
  // Remembered from here on.
  for (const token of known) expect(await list(token)).toBe(200)
  const before = hang()
  const flood = times(100, () => list(strange()))
  expect(await Promise.all(known.map(list))).toEqual(known.map(() => 200))
  const refused = times(100 - MAXIMUM, () => 429)
  // As many as there are slots wait for the authority, and for what the first of them hears from it.
  expect((await Promise.all(flood)).sort()).toEqual([...refused, ...times(MAXIMUM, () => 503)])
  expect(authority.asked).toHaveLength(before + 1)
  await services.concurrency.drained()
})

test('made-up tokens delay a known key by no more than the authority may take', async () => {
  expect(await list(ledger.token({ key }))).toBe(200)
  hang()
  const flood = times(MAXIMUM / 2, () => list(strange()))
  expect(await list(ledger.token({ key, tenant: randomUUID() }))).toBe(200)
  expect(await Promise.all(flood)).toEqual(flood.map(() => 503))
})

test('one token in many concurrent requests identifies all of them', async () => {
  const token = ledger.token({ key, tenant: randomUUID() })
  expect(await Promise.all(times(MAXIMUM / 2, () => list(token)))).toEqual(times(MAXIMUM / 2, () => 200))
})
