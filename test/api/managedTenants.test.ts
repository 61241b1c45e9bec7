import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { verdict } from './replies'
import { samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

describe('a path below tenantRelationships/managedTenants', () => {
  const aliased = samples.filter(({ name }) => name.startsWith('managedTenant'))
  const cases = aliased.flatMap((sample) =>
    ['beta', 'v1.0', 'BETA'].map((version) => [version, sample.name, sample] as const),
  )
  it.each(cases)('in %s is the same collection, and links stay below it: %s', async (version, _, sample) => {
    const collection = sample.path.replace('/beta/', '')
    const spelt = version.toLowerCase()
    const below = `/${version}/tenantRelationships/managedTenants/${collection}`
    const link = `http://ledger.test/${spelt}/tenantRelationships/managedTenants/${collection}`
    const created = await ledger.call({ path: below, body: sample.body })
    const location = `${link}/${created.json.id}`
    expect([created.status, created.headers.get('location'), created.json['@odata.context']]).toEqual([
      201,
      location,
      `http://ledger.test/${spelt}/$metadata#${collection}/$entity`,
    ])
    expect(created.log.function).toBe(`${collection}Create`)
    expect((await ledger.call({ path: location.replace('http://ledger.test', '') })).json).toEqual(created.json)
    expect((await ledger.call({ path: `/${version}/${collection}/${created.json.id}` })).json).toEqual(created.json)
    await ledger.call({ path: below, body: sample.body })
    const page = await ledger.call({ path: `${below}?$top=1` })
    expect([page.log.function, page.json['@odata.context']]).toEqual([
      `${collection}List`,
      `http://ledger.test/${spelt}/$metadata#${collection}`,
    ])
    const next = String(page.json['@odata.nextLink'])
    expect(next).toContain(`${link}?$top=1&$skiptoken=`)
    expect((await ledger.call({ path: next.replace('http://ledger.test', '') })).status).toBe(200)
    const count = await ledger.call({ path: `${below}/$count` })
    expect([count.status, Number(count.text) > 1, count.log.function]).toEqual([200, true, `${collection}Count`])
    const minimal = await ledger.call({ path: below, body: sample.body, headers: { prefer: 'return=minimal' } })
    expect(minimal.headers.get('odata-entityid')).toContain(link)
    const removed = await ledger.call({ method: 'DELETE', path: `${below}('${created.json.id}')` })
    expect([removed.status, removed.log.function]).toEqual([204, `${collection}Delete`])
  })

  it('needs the same token, and takes the same methods', async () => {
    const path = '/beta/tenantRelationships/managedTenants/managedTenantOperations'
    expect((await ledger.call({ path, token: null })).status).toBe(401)
    expect((await ledger.call({ path, token: { permissions: [] } })).status).toBe(403)
    expect((await ledger.call({ method: 'PUT', path })).headers.get('allow')).toBe('GET, HEAD, PATCH, POST')
  })

  it('exists only for the managedTenantOperation* sets', async () => {
    for (const path of ['users/a/managedAppRegistrations/b/operations', 'x', '']) {
      const reply = await ledger.call({ path: `/beta/tenantRelationships/managedTenants/${path}` })
      expect(verdict(reply)).toEqual([404, 'notFound', 'unknownPath'])
    }
  })
})
