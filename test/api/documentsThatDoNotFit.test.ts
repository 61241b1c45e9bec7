import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { changeable, operation, relationshipRequest, type Sample, samples } from './samples'

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

// Stores a document like one of the service's own, but for a change; the original goes.
const put = async (sample: Sample, change: (document: Record<string, unknown>) => void) => {
  const { json } = await ledger.call({ path: sample.path, body: sample.body })
  const stored = await ledger.stored(sample.container, String(json.id))
  const changed = { ...stored, id: randomUUID() }
  change(changed)
  const container = ledger.database.container(sample.container)
  await container.items.create(changed)
  await container.item(String(json.id), sample.hierarchical ? [TENANT, String(json.id)] : TENANT).delete()
  return { id: changed.id, path: `${sample.path}/${changed.id}` }
}

describe('a document that does not fit its schema', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'as %s is 500 and says nothing of itself but to the log',
    async (_, sample) => {
      const { id, path } = await put(sample, (document) => {
        document.lastModifiedDateTime = 'sometime-secret'
      })
      const requests = [
        { path },
        { path: sample.path },
        ...(sample.changes ? [{ path, method: 'PATCH', body: {} }] : []),
      ]
      for (const request of requests) {
        const reply = await ledger.call(request)
        expect([reply.status, reply.json.value]).toEqual([500, undefined])
        expect(reply.json).toMatchObject({ error: { code: 'internalServerError', innerError: { code: 'unexpected' } } })
        expect(reply.text).not.toMatch(new RegExp(`secret|lastModified|${sample.container}|${id}`))
        expect(JSON.stringify(reply.log)).toContain(`${sample.container}/${id}: lastModifiedDateTime`)
        expect(reply.logged.join()).not.toContain('secret')
      }
      expect((await ledger.call({ path: `${sample.path}/$count` })).status).toBe(200)
      const remove = sample.changes ? await ledger.call({ path, method: 'DELETE' }) : undefined
      expect(remove?.status).toBe(sample.changes ? 204 : undefined)
    },
  )
})

describe('a document that is not the caller’s', () => {
  const elsewhere = samples.filter((sample) => sample.elsewhere !== undefined)

  it.each(elsewhere.map((sample) => [sample.name, sample] as const))(
    'as %s without the parent is never found',
    async (_, sample) => {
      const parent = sample === relationshipRequest ? 'delegatedAdminRelationshipId' : 'usersId'
      const { id, path } = await put(sample, (document) => {
        document[parent] = undefined
      })
      expect((await ledger.call({ path })).status).toBe(404)
      expect((await ledger.call({ path: sample.path })).text).not.toContain(id)
      if (sample.changes) expect((await ledger.call({ path, method: 'DELETE' })).status).toBe(404)
    },
  )

  it.each(changeable.map((sample) => [sample.name, sample] as const))(
    'as %s with the same id is another',
    async (_, sample) => {
      const mine = await ledger.call({ path: sample.path, body: sample.body })
      const document = await ledger.stored(sample.container, String(mine.json.id))
      const { items } = ledger.database.container(sample.container)
      await items.create({ ...document, partnerTenantId: OTHER_TENANT, _mark: 'theirs' })
      const path = `${sample.path}/${mine.json.id}`
      expect((await ledger.call({ path, method: 'PATCH', body: {} })).status).toBe(200)
      expect((await ledger.call({ path, method: 'DELETE' })).status).toBe(204)
      expect((await ledger.call({ path })).status).toBe(404)
      expect((await ledger.stored(sample.container, String(mine.json.id), OTHER_TENANT))?._mark).toBe('theirs')
    },
  )

  it('never shows what the service and the store keep for themselves', async () => {
    const { path } = await put(operation, (document) => Object.assign(document, { _own: 'hidden', _ts: 'hidden' }))
    for (const request of [{ path }, { path: operation.path }, { path, method: 'PATCH', body: {} }]) {
      expect((await ledger.call(request)).text).not.toMatch(/hidden|"_/)
    }
  })
})
