import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, type Reply, startLedger } from '../harness'
import { operation, samples } from './samples'

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
  for (const { path, body, elsewhere = path } of samples) {
    for (let count = 0; count < 5; count++) await ledger.call({ path, body })
    if (elsewhere !== path) await ledger.call({ path: elsewhere, body })
    const { partnerTenantId } = body
    const foreign = partnerTenantId === undefined ? body : { ...body, partnerTenantId: OTHER_TENANT }
    await ledger.call({ path, body: foreign, token: { tenant: OTHER_TENANT } })
  }
})
afterAll(() => ledger.close())

const every = samples.map((sample) => [sample.name, sample] as const)

const rows = ({ json }: Reply) => (Array.isArray(json.value) ? (json.value as Record<string, unknown>[]) : [])

describe('GET of a collection', () => {
  it.each(every)('of %s answers the own entities of that parent, as GET answers each', async (_, sample) => {
    const reply = await ledger.call({ path: sample.path })
    expect([reply.status, rows(reply).length, Object.keys(reply.json)]).toEqual([200, 5, ['@odata.context', 'value']])
    for (const row of rows(reply)) {
      const { '@odata.context': context, ...entity } = (await ledger.call({ path: `${sample.path}/${row.id}` })).json
      expect(row).toEqual(entity)
      expect(context).toBe(`${reply.json['@odata.context']}/$entity`)
    }
    const head = await ledger.call({ path: sample.path, method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
  })

  it.each(every)('of %s counts beside the page, and alone', async (_, sample) => {
    const page = await ledger.call({ path: `${sample.path}?$count=true&$top=2` })
    expect([page.json['@odata.count'], rows(page).length]).toEqual([5, 2])
    const count = await ledger.call({ path: `${sample.path}/$count`, headers: { accept: 'image/png' } })
    expect([count.status, count.text]).toEqual([200, '5'])
    expect(count.headers.get('content-type')).toBe('text/plain;charset=utf-8')
    const head = await ledger.call({ path: `${sample.path}/$count`, method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect((await ledger.call({ path: `${sample.path}?$count=false` })).json['@odata.count']).toBeUndefined()
  })

  it('of a parent that has nothing is empty', async () => {
    const reply = await ledger.call({ path: '/beta/users/nobody/managedAppRegistrations/none/operations?$count=true' })
    expect(reply.json).toEqual({
      '@odata.context': "http://ledger.test/beta/$metadata#users('nobody')/managedAppRegistrations('none')/operations",
      '@odata.count': 0,
      value: [],
    })
  })

  it('serializes the selected properties, without annotations for metadata=none', async () => {
    const path = `${operation.path}?$select=name,dynamic&$top=1&$count=true`
    const { value, ...minimal } = (await ledger.call({ path })).json
    expect(minimal['@odata.context']).toBe('http://ledger.test/beta/$metadata#managedTenantOperations(name,dynamic)')
    expect(value).toEqual([
      { '@odata.type': expect.any(String), '@odata.etag': expect.any(String), name: 'Enforce MFA' },
    ])
    const none = await ledger.call({ path, headers: { accept: 'application/json;odata.metadata=none' } })
    expect(Object.keys(none.json)).toEqual(['@odata.count', '@odata.nextLink', 'value'])
    expect(none.json.value).toEqual([{ name: 'Enforce MFA' }])
  })
})
