import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attempts, Outcome } from '../../shared/cosmos/attempts'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { httpRequest, operation, result } from './samples'

let ledger: Ledger
let proxy: FaultProxy
let first: string
let second: string

const create = async (path: string, body: object): Promise<string> =>
  String((await ledger.call({ path, body })).json.id)

beforeAll(async () => {
  ledger = await startLedger()
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  first = await create(operation.path, operation.body)
  second = await create(operation.path, operation.body)
  for (const managedTenantOperationId of [first, first.toUpperCase(), first, second, 'a name of mine']) {
    await create(result.path, { ...result.body, managedTenantOperationId })
    await create(httpRequest.path, { ...httpRequest.body, managedTenantOperationId })
  }
})
afterAll(async () => {
  await proxy.close()
  await ledger.close()
})

describe.each([
  ['results', result],
  ['httpRequests', httpRequest],
])('%s of an operation', (name, sample) => {
  const at = (id: string, rest = ''): string => `/beta/managedTenantOperations/${id}/${name}${rest}`

  it('are those that name it, in any case', async () => {
    const { status, json } = await ledger.call({ path: at(first) })
    const set = sample.container
    expect([status, json['@odata.context']]).toEqual([200, `http://ledger.test/beta/$metadata#${set}`])
    const all = await ledger.call({ path: `${sample.path}?$filter=managedTenantOperationId eq '${first}'` })
    expect(json.value).toEqual(all.json.value)
    expect(json.value).toHaveLength(3)
    expect((await ledger.call({ path: at(first.toUpperCase()) })).json.value).toEqual(json.value)
    expect((await ledger.call({ path: at(second) })).json.value).toHaveLength(1)
  })

  it('are counted, filtered and selected as in their own list', async () => {
    expect((await ledger.call({ path: at(first, '/$count') })).text).toBe('3')
    const page = await ledger.call({ path: at(first, `?$count=true&$select=id&$filter=requestId ne ${first}`) })
    expect([page.json['@odata.count'], page.json['@odata.context']]).toEqual([
      3,
      `http://ledger.test/beta/$metadata#${sample.container}(id)`,
    ])
    const none = `?$filter=managedTenantOperationId eq '${second}' or managedTenantOperationId eq 'a name of mine'`
    expect((await ledger.call({ path: at(first, none) })).json.value).toEqual([])
    expect((await ledger.call({ path: at(first, `/$count${none}`) })).text).toBe('0')
  })

  it.each(['/beta/managedTenantOperations/ID', '/v1.0/tenantRelationships/managedTenants/managedTenantOperations/ID'])(
    'are paged below %s, and nowhere else',
    async (path) => {
      const ids: unknown[] = []
      const start = `${path.replace('ID', first)}/${name}`
      for (let next: string | undefined = `${start}?$top=1`; next !== undefined; ) {
        const { status, json } = await ledger.call({ path: next })
        expect(status).toBe(200)
        ids.push(...(json.value as { id: string }[]).map(({ id }) => id)) // the value of a page
        const link = json['@odata.nextLink']
        next = typeof link === 'string' ? link.replace('http://ledger.test', '') : undefined
        if (next === undefined) continue
        expect(next.startsWith(`${start}?`)).toBe(true)
        for (const other of [start.replace(first, second), sample.path])
          expect((await ledger.call({ path: next.replace(start, other) })).status).toBe(400)
      }
      expect(new Set(ids).size).toBe(3)
    },
  )

  it('are found with the key in parentheses', async () => {
    const path = `/beta/managedTenantOperations('${first}')/${name}`
    expect((await ledger.call({ path })).json.value).toHaveLength(3)
    expect((await ledger.call({ path: `${path}/$count` })).text).toBe('3')
  })

  it('are 404 where the operation is not the caller’s, and other methods are 405', async () => {
    const missing = '00000000-0000-4000-8000-000000000000'
    for (const id of [missing, 'x', encodeURIComponent('a name of mine')]) {
      const { status, json } = await ledger.call({ path: at(id) })
      expect([status, json]).toMatchObject([404, { error: { innerError: { code: 'unknownResource' } } }])
      expect((await ledger.call({ path: at(id, '/$count') })).status).toBe(404)
    }
    for (const path of [at(first), at(first, '/$count')])
      expect((await ledger.call({ path, token: { tenant: OTHER_TENANT } })).status).toBe(404)
    const refused = await ledger.call({ path: at(first), body: {} })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect((await ledger.call({ path: at(first), token: { permissions: ['x'] } })).status).toBe(403)
  })

  it('cost a read of the operation and a page, within the tenant and the operation', async () => {
    const services = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint })
    for (const rest of ['', '/$count']) {
      const sent = await proxy.watch(() => ledger.call({ path: at(first, rest), services }))
      expect(sent.map(({ kind }) => kind)).toEqual(['read', 'plan', 'query'])
      expect(sent.at(-1)?.query).toContain('WHERE c.partnerTenantId = @p0 AND c.managedTenantOperationId = @p1')
      expect(sent.at(-1)?.parameters[1]?.value).toBe(first)
    }
    const missing = await proxy.watch(() => ledger.call({ path: at(first), services, token: { tenant: OTHER_TENANT } }))
    expect(missing.map(({ kind }) => kind)).toEqual(['read'])
  })

  it('are never those of another operation or partner, whatever the store says', async () => {
    const { attempts } = ledger.services
    const lying = (changes: object): Attempts => ({
      ...attempts,
      query: async (...args) => {
        const outcome = await attempts.query(...args)
        if (outcome.kind !== 'ok') return outcome
        const rows = outcome.value.rows.map((row) => Object.assign({}, row, changes))
        return { ...outcome, value: { ...outcome.value, rows } } satisfies Outcome<unknown>
      },
    })
    for (const changes of [{ partnerTenantId: OTHER_TENANT }, { managedTenantOperationId: second }]) {
      const reply = await ledger.call({ path: at(first), services: { ...ledger.services, attempts: lying(changes) } })
      expect([reply.status, reply.json.value]).toEqual([500, undefined])
    }
  })
})
