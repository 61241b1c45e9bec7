import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startBacking } from '../../local/backing'
import { type LocalDatabase, startDatabase } from '../../local/database'
import { afterDeadline, stopTime } from '../fakes/clock'
import { startProxy } from '../fakes/proxy'

// A start says in one sentence what is wrong with the store that it was pointed at.

let database: LocalDatabase

beforeAll(async () => {
  database = await startDatabase()
})
afterAll(() => database.close())

const startWith = (endpoint: string, patience = 500) =>
  startBacking({ COSMOS_ENDPOINT: endpoint, COSMOS_KEY: database.key }, { patience })

test('a store that accepts and never answers', async () => {
  const proxy = await startProxy(database.endpoint)
  proxy.mute(Number.POSITIVE_INFINITY)
  const sentence = `The database at COSMOS_ENDPOINT (${proxy.endpoint}) cannot be reached: it does not answer.`
  await expect(startWith(proxy.endpoint)).rejects.toThrow(new Error(sentence))
  await proxy.close()
})

test('a store that is down', async () => {
  const proxy = await startProxy(database.endpoint)
  await proxy.refuse()
  const sentence = `The database at COSMOS_ENDPOINT (${proxy.endpoint}) cannot be reached: ECONNREFUSED.`
  stopTime()
  onTestFinished(() => void vi.useRealTimers())
  await expect(afterDeadline(startWith(proxy.endpoint, 60_000))).rejects.toThrow(new Error(sentence))
})

test('a store that comes up a moment later is waited for', async () => {
  const proxy = await startProxy(database.endpoint)
  await proxy.refuse()
  const started = startWith(proxy.endpoint, 60_000)
  await sleep(600)
  await proxy.heal()
  const { settings, close } = await started
  expect(settings.COSMOS_DATABASE).toBe('ledger')
  await Promise.all([close(), proxy.close()])
})
