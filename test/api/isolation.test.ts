import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { verdict } from './replies'
import { samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const THIRD_TENANT = 'e81c5f0a-37b9-4d62-8ea4-90d2c6f7b135'

const REPEATED = {
  'repeatability-request-id': '5b9e2a70-c4d8-4f13-a6e5-81f07d3c92b4',
  'repeatability-first-sent': 'Mon, 23 Nov 2026 10:55:47 GMT',
}

describe.each(samples.map((sample) => [sample.name, sample] as const))('two partners with the same %s', (_, sample) => {
  const bodyOf = (tenant: string) =>
    'partnerTenantId' in sample.body ? { ...sample.body, partnerTenantId: tenant } : sample.body
  const post = (tenant: string, headers = {}) =>
    ledger.call({ path: sample.path, body: bodyOf(tenant), token: { tenant }, headers })
  const idsOf = async (tenant: string) => {
    const { json } = await ledger.call({ path: sample.path, token: { tenant } })
    return Array.isArray(json.value) ? json.value.map(({ id }: { id: string }) => id).sort() : []
  }

  it('each have their own', async () => {
    const [own, other] = [await post(TENANT, REPEATED), await post(OTHER_TENANT, REPEATED)]
    const ids = [String(own.json.id), String(other.json.id)] as const
    expect(ids[0]).not.toBe(ids[1])
    expect([await idsOf(TENANT), await idsOf(OTHER_TENANT)]).toEqual([[ids[0]], [ids[1]]])
    expect(await ledger.stored(sample.container, ids[0], TENANT)).toMatchObject({ partnerTenantId: TENANT })
    expect(await ledger.stored(sample.container, ids[1], OTHER_TENANT)).toMatchObject({ partnerTenantId: OTHER_TENANT })
    for (const [tenant, id] of [
      [TENANT, ids[1]],
      [OTHER_TENANT, ids[0]],
    ] as const) {
      expect(await ledger.stored(sample.container, id, tenant)).toBeUndefined()
      expect((await ledger.call({ path: `${sample.path}/${id}`, token: { tenant } })).status).toBe(404)
    }
  })

  it('cannot write to each other', async () => {
    const before = await ledger.count(sample.container)
    const named = { ...sample.body, partnerTenantId: OTHER_TENANT }
    const expected =
      'partnerTenantId' in sample.body
        ? [403, 'forbidden', 'tenantMismatch', 'partnerTenantId']
        : [400, 'badRequest', 'invalidPayload', 'partnerTenantId']
    for (const headers of [{}, REPEATED, { prefer: 'return=minimal' }]) {
      const reply = await ledger.call({ path: sample.path, body: named, headers })
      expect(verdict(reply)).toEqual(expected)
      expect(reply.text).not.toContain(TENANT)
    }
    expect(await ledger.count(sample.container)).toBe(before)
  })

  it('may write their own tenant in any case', async () => {
    if (!('partnerTenantId' in sample.body)) return
    const body = bodyOf(THIRD_TENANT.toUpperCase())
    const { status, json } = await ledger.call({ path: sample.path, body, token: { tenant: THIRD_TENANT } })
    expect([status, json.partnerTenantId]).toEqual([201, THIRD_TENANT])
    const stored = await ledger.stored(sample.container, String(json.id), THIRD_TENANT)
    expect(stored?.partnerTenantId).toBe(THIRD_TENANT)
  })
})
