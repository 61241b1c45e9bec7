import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeable, type Sample, samples } from '../api/samples'
import { type Ledger, type Reply, startLedger } from '../harness'
import { bodyFor } from './bodyFor'
import { seed } from './cell'
import { changesOf, type Target } from './verbs'

// A document that was good when it was written and does not fit the schema of today.

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const SECRET = 'said to nobody'

const spoil = async ({ container, hierarchical }: Sample, { id, tenant }: Target): Promise<void> => {
  const item = ledger.database.container(container).item(id, hierarchical ? [tenant, id] : tenant)
  const { resource } = await item.read()
  await item.replace({ ...resource, lastModifiedDateTime: SECRET })
}

const expectDefect = ({ status, json, text, log, logged }: Reply, id: string): void => {
  expect(status).toBe(500)
  expect(json).toMatchObject({ error: { code: 'internalServerError', innerError: { code: 'unexpected' } } })
  expect(json).not.toHaveProperty('error.target')
  expect(text).not.toContain('lastModifiedDateTime')
  expect(log).toMatchObject({ causes: [{ name: 'InvalidDocument', code: expect.stringContaining(id) }] })
  expect(`${text}${logged.join()}`).not.toContain(SECRET)
}

describe.each(samples.map((sample) => [sample.name, sample] as const))('a stored %s that fits no more', (_, sample) => {
  test('is 500 where it is read, and where it is one of many', async () => {
    const tenant = randomUUID()
    const target = await seed(ledger, sample, tenant)
    await seed(ledger, sample, tenant)
    await spoil(sample, target)
    const token = { tenant }
    expectDefect(await ledger.call({ path: `${sample.path}/${target.id}`, token }), target.id)
    expectDefect(await ledger.call({ path: sample.path, token }), target.id)
    expect((await ledger.call({ path: `${sample.path}/$count`, token })).text).toBe('2')
  })
})

describe.each(changeable.map((sample) => [sample.name, sample] as const))(
  'a stored %s that fits no more',
  (_, sample) => {
    test('cannot be changed, and can be deleted', async () => {
      const tenant = randomUUID()
      const target = await seed(ledger, sample, tenant)
      await spoil(sample, target)
      const call = { path: `${sample.path}/${target.id}`, token: { tenant } }
      expectDefect(await ledger.call({ ...call, method: 'PATCH', body: changesOf(sample) }), target.id)
      expect((await ledger.call({ ...call, method: 'DELETE' })).status).toBe(204)
      expect((await ledger.call({ path: sample.path, token: { tenant } })).json.value).toEqual([])
    })
  },
)

test.each(samples.map((sample) => [sample.name, sample] as const))(
  'a repeated create that finds a bad %s is 500',
  async (_, sample) => {
    const tenant = randomUUID()
    const headers = {
      'Repeatability-Request-ID': randomUUID(),
      'Repeatability-First-Sent': ledger.services.now().toUTCString(),
    }
    const call = { path: sample.path, body: bodyFor(sample, tenant), headers, token: { tenant } }
    const { json } = await ledger.call(call)
    await spoil(sample, { tenant, id: String(json.id), etag: '' })
    expectDefect(await ledger.call(call), String(json.id))
  },
)
