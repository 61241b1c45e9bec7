import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Services } from '../../../shared/services'
import { type FaultProxy, startProxy } from '../../fakes/proxy'
import type { Sent } from '../../fakes/sent'
import { type Call, type Ledger, OTHER_TENANT, startLedger, TENANT } from '../../harness'
import { appOperation, changeable, operation, result, type Sample, samples } from '../samples'

let ledger: Ledger
let proxy: FaultProxy
let services: Services

beforeAll(async () => {
  ledger = await startLedger()
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  services = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint })
})
afterAll(async () => {
  await proxy.close()
  await ledger.close()
})
afterEach(() => {
  proxy.tamper = undefined
})

const call = (more: Call) => ledger.call({ services, ...more })
const isData = ({ kind }: Sent): boolean => !['plan', 'ranges', 'container', 'other'].includes(kind)
const kinds = (sent: readonly Sent[]): string[] => sent.filter(isData).map(({ kind }) => kind)

const create = async ({ path, body }: Sample): Promise<string> => String((await call({ path, body })).json.id)

// Within the tenant: `c.partnerTenantId = @p…`, joined by AND to all else, and that parameter is the tenant.
const checkQuery = ({ query, parameters, partitionKey }: Sent, { hierarchical }: Sample, tenant: string): void => {
  const [, name] = /^SELECT [^']* FROM c WHERE c\.partnerTenantId = (@p\d+)(?: AND | ORDER BY |$)/.exec(query) ?? []
  expect(parameters.find((parameter) => parameter.name === name)?.value).toBe(tenant)
  expect(query).not.toMatch(/['"]/)
  // No OR outside of parentheses could let others in.
  let flat = query
  while (/\([^()]*\)/.test(flat)) flat = flat.replace(/\([^()]*\)/g, '')
  expect(flat).not.toMatch(/\bOR\b/)
  expect(partitionKey).toEqual(hierarchical ? undefined : [tenant])
}

describe('on the wire', () => {
  const FILTERS = ['', `id eq ${TENANT} or id ne ${TENANT} or not (id in (${TENANT}))`, `not (id eq ${TENANT})`]
  const paths = ['?$top=2&$count=true', '/$count', '?$orderby=lastModifiedDateTime']

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'queries of %s are the tenant’s',
    async (_, sample) => {
      for (const tenant of [TENANT, OTHER_TENANT]) {
        for (const filter of FILTERS) {
          for (const path of paths) {
            const option = filter === '' ? '' : `${path.includes('?') ? '&' : '?'}$filter=${filter}`
            const sent = await proxy.watch(() => call({ path: sample.path + path + option, token: { tenant } }))
            const queries = sent.filter(({ kind }) => kind === 'query')
            expect(queries.length).toBe(path.includes('$count=true') ? 2 : 1)
            for (const query of [...queries, ...sent.filter(({ kind }) => kind === 'plan')])
              checkQuery(
                { ...query, partitionKey: query.kind === 'plan' ? queries[0]?.partitionKey : query.partitionKey },
                sample,
                tenant,
              )
          }
        }
      }
    },
  )

  it.each(samples.map((sample) => [sample.name, sample] as const))('pages of %s stay in it', async (_, sample) => {
    for (let count = 0; count < 3; count++) await create(sample)
    const { json } = await call({ path: `${sample.path}?$top=1` })
    const next = String(json['@odata.nextLink']).replace('http://ledger.test', '')
    const [query] = (await proxy.watch(() => call({ path: next }))).filter(isData)
    if (query === undefined) throw new Error('no query was sent')
    checkQuery(query, sample, TENANT)
  })

  it.each(changeable.map((sample) => [sample.name, sample] as const))(
    'point operations on %s carry the whole key',
    async (_, sample) => {
      const id = await create(sample)
      const path = `${sample.path}/${id}`
      const sent = await proxy.watch(async () => {
        await call({ path })
        await call({ path, method: 'PATCH', body: {} })
        await call({ path, method: 'DELETE' })
      })
      const key = sample.hierarchical ? [TENANT, id] : [TENANT]
      expect(sent.filter(isData).map(({ partitionKey }) => partitionKey)).toEqual(sent.filter(isData).map(() => key))
      const foreign = await proxy.watch(() => call({ path, token: { tenant: OTHER_TENANT } }))
      expect(foreign.map(({ partitionKey }) => partitionKey)).toEqual([[OTHER_TENANT, ...key.slice(1)]])
    },
  )

  it.each([
    ['a text', "name eq 'x'' OR true OR c.name = ''y'", "x' OR true OR c.name = 'y"],
    ['a comment', "name eq 'x' -- '' "],
    ['a parameter', "startswith(name,'@p9')", '@p9'],
    ['an escape', "name eq '\\'' OR 1=1 --'", "\\' OR 1=1 --"],
    ['a property', "c.name eq 'x'"],
    ['a property of the store', "_etag eq 'x'"],
    ['the tenant', `partnerTenantId eq ${OTHER_TENANT}`],
    ['a number', 'createdDateTime gt 1 OR 1=1'],
  ])('%s reaches the store as a parameter or not at all', async (_, filter, literal?: string) => {
    const path = `${operation.path}?$filter=${encodeURIComponent(filter)}`
    const sent = await proxy.watch(() => call({ path }))
    if (literal === undefined) return expect(sent).toEqual([])
    expect(sent.find(({ kind }) => kind === 'query')?.parameters.map(({ value }) => value)).toEqual([TENANT, literal])
    expect(sent[0]?.query).not.toContain(literal)
  })
})

describe('the requests of one call', () => {
  const flat = changeable.filter(({ elsewhere }) => elsewhere === undefined)

  it.each(flat.map((sample) => [sample.name, sample] as const))('on one %s', async (_, sample) => {
    const path = `${sample.path}/${await create(sample)}`
    const etag = String((await call({ path })).headers.get('etag'))
    const old = { 'if-match': 'W/"Jyd4Jw=="' }
    expect(kinds(await proxy.watch(() => call({ path })))).toEqual(['read'])
    expect(kinds(await proxy.watch(() => call({ path, headers: { 'if-none-match': etag } })))).toEqual(['read'])
    expect(kinds(await proxy.watch(() => call({ path, method: 'PATCH', body: {}, headers: old })))).toEqual(['read'])
    expect(kinds(await proxy.watch(() => call({ path, method: 'PATCH', body: {} })))).toEqual(['read', 'replace'])
    expect(kinds(await proxy.watch(() => call({ path, method: 'DELETE' })))).toEqual(['delete'])
    expect(kinds(await proxy.watch(() => call({ path: `${sample.path}/$count` })))).toEqual(['query'])
    expect(kinds(await proxy.watch(() => call({ path: `${sample.path}/1` })))).toEqual([])
  })

  it('on one below a parent: read before it is deleted', async () => {
    const path = `${appOperation.path}/${await create(appOperation)}`
    expect(kinds(await proxy.watch(() => call({ path, method: 'DELETE' })))).toEqual(['read', 'delete'])
  })

  it('asks for neither containers nor ranges, and for a plan once a query', async () => {
    const all = await proxy.watch(() => call({ path: `${result.path}?$count=true` }))
    expect(all.map(({ kind }) => kind).sort()).toEqual(['plan', 'plan', 'query', 'query'])
  })
})

describe('a store that lies', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('is not believed about %s', async (_, sample) => {
    const path = `${sample.path}/${await create(sample)}`
    proxy.tamper = (document) => ({ ...document, partnerTenantId: OTHER_TENANT })
    expect((await call({ path })).status).toBe(404)
    const page = await call({ path: sample.path })
    expect([page.status, page.json.value]).toEqual([500, undefined])
    if (!sample.changes) return
    expect((await call({ path, method: 'PATCH', body: {} })).status).toBe(404)
    expect(kinds(await proxy.watch(() => call({ path, method: 'PATCH', body: {} })))).toEqual(['read'])
  })
})

describe('speed', () => {
  const seed = async (from: number, to: number): Promise<void> => {
    const document = (number: number) => ({
      ...result.body,
      id: randomUUID(),
      requestId: number % 50 === 0 ? OTHER_TENANT : TENANT,
      createdDateTime: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString().replace('Z', '0000Z'),
      lastModifiedDateTime: '2026-01-01T00:00:00.0000000Z',
      exception: null,
      executionInfo: null,
      result: [],
    })
    const items = ledger.database.container(result.container).items
    for (let start = from; start < to; start += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, index) => items.create(document(start + index))))
    }
  }

  const costs = async (path: string) => {
    const pages: Awaited<ReturnType<typeof call>>[] = []
    const sent = await proxy.watch(async () => pages.push(await call({ path })))
    const count = (kind: string) => sent.filter((each) => each.kind === kind).length
    const spent = { query: count('query'), plan: count('plan'), ranges: count('ranges'), container: count('container') }
    const { value = [], '@odata.nextLink': next } = pages[0]?.json ?? {}
    return { spent, rows: Array.isArray(value) ? value.length : 0, next: typeof next === 'string' ? next : undefined }
  }

  it('of a page does not depend on what is stored, nor on where it lies', async () => {
    const existing = await ledger.count(result.container)
    await seed(existing, 200)
    const page = `${result.path}?$top=100`
    const filtered = `${result.path}?$top=2&$filter=requestId eq ${OTHER_TENANT}`
    const few = [await costs(page), await costs(filtered)]
    await seed(200, 5000)
    const many = [await costs(page), await costs(filtered)]
    let last = many[0]
    for (let next = last?.next; next !== undefined; next = last.next)
      last = await costs(next.replace('http://ledger.test', ''))
    const expected = { query: 1, plan: 1, ranges: 0, container: 0 }
    expect([...few, ...many, last].map((cost) => cost?.spent)).toEqual([1, 2, 3, 4, 5].map(() => expected))
    expect(many.map((cost) => cost.rows)).toEqual([100, 2])
    expect(few.map((cost) => cost.rows)).toEqual([100, 2])
  })
})
