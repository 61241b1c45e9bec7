import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { type Gateway, type Partition, type Refusal, startGateway } from './gateway'

const RESULTS = '/beta/managedTenantOperationResults'
const SETTINGS = { STORE_DEADLINE_MS: '150', STORE_THROTTLE_MS: '50' }

let ledger: Ledger
let gateway: Gateway

beforeAll(async () => {
  ;[ledger, gateway] = await Promise.all([startLedger(), startGateway()])
})
afterAll(() => Promise.all([gateway.close(), ledger.close()]))
afterEach(() => {
  Object.assign(gateway, { pageSize: 1000, countParts: 1, refuse: () => undefined })
})

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const result = (number: number, second = number, more = {}) => ({
  id: idOf(number),
  partnerTenantId: TENANT,
  partnerUserId: TENANT,
  targetTenantId: TENANT,
  requestId: TENANT,
  managedTenantOperationId: 'operation',
  isSuccess: true,
  createdDateTime: `2026-11-23T10:${String(second % 60).padStart(2, '0')}:00.0000000Z`,
  lastModifiedDateTime: '2026-11-23T10:55:47.1230000Z',
  exception: null,
  executionInfo: null,
  result: [],
  _rid: `rid${number}`,
  _etag: '"etag"',
  ...more,
})

// Effective partition keys 1A…1AFF are the caller's; two or more physical partitions share them.
const split = (parts: readonly (readonly object[])[]): Partition[] =>
  parts.map((documents, index) => ({
    id: String(index),
    min: index === 0 ? '' : `1A${index}0`,
    max: index === parts.length - 1 ? 'FF' : `1A${index + 1}0`,
    documents: documents.map((document) => ({ ...document })),
  }))

const call = async (path: string, settings: Record<string, string> = {}) => {
  gateway.asked.length = 0
  const reply = await ledger.call({ path, services: ledger.with({ COSMOS_ENDPOINT: gateway.endpoint, ...settings }) })
  // The answer to a list; on a failure there is no value.
  const value = reply.json.value as { id: string }[] | undefined
  return { ...reply, ids: value?.map(({ id }) => id) }
}

const kinds = (): string => gateway.asked.map(({ kind, range = '' }) => kind + range).join(' ')

const even = [0, 2, 4, 6, 8].map((number) => result(number))
const odd = [1, 3, 5, 7, 9].map((number) => result(number))

describe('a query over two physical partitions', () => {
  it.each([
    ['', [9, 8, 7, 6]],
    ['&$orderby=createdDateTime', [0, 1, 2, 3]],
    ['&$orderby=createdDateTime desc', [9, 8, 7, 6]],
    ['&$orderby=lastModifiedDateTime', [0, 1, 2, 3]],
  ])('comes back merged in the order of %j, and no longer than asked for', async (order, expected) => {
    gateway.partitions = split([even, odd])
    const { status, ids, json } = await call(`${RESULTS}?$top=4${order}`)
    expect({ status, ids }).toEqual({ status: 200, ids: expected.map(idOf) })
    expect(json['@odata.nextLink']).toBeDefined()
    expect(kinds()).toBe('plan direct ranges partition0 partition1')
  })

  it('is asked for within the tenant only, by every request', async () => {
    gateway.partitions = split([even, odd])
    await call(`${RESULTS}?$top=4&$count=true&$filter=isSuccess eq true or targetTenantId eq ${OTHER_TENANT}`)
    const queries = gateway.asked.filter(({ kind }) => kind !== 'ranges')
    expect(queries.length).toBe(8)
    for (const { text, parameters, partitionKey } of queries) {
      expect(text).toMatch(/WHERE \(*c\.partnerTenantId = @p0 AND \(/)
      expect(parameters[0]).toEqual({ name: '@p0', value: TENANT })
      expect(partitionKey).toBeUndefined()
    }
  })

  it('is counted across them, in one number or in several', async () => {
    gateway.partitions = split([even, odd.slice(1)])
    expect((await call(`${RESULTS}/$count`)).text).toBe('9')
    expect(kinds()).toBe('plan direct ranges partition0 partition1')
    Object.assign(gateway, { countParts: 3, pageSize: 1 })
    expect((await call(`${RESULTS}/$count`)).text).toBe('9')
    gateway.partitions = split([[], []])
    gateway.countParts = 1
    expect((await call(`${RESULTS}/$count`)).text).toBe('0')
  })

  it('charges what its partitions charge, and empty ones too', async () => {
    gateway.partitions = split([even, []])
    expect((await call(`${RESULTS}?$top=4`)).log).toMatchObject({ storeRequests: 1, storeCharge: 5 })
    gateway.pageSize = 2
    expect((await call(`${RESULTS}?$top=4`)).log).toMatchObject({ storeRequests: 1, storeCharge: 10 })
  })

  it('pages through to the end, whatever lies where', async () => {
    const placed = fc.record({ second: fc.nat(3), partition: fc.nat(3) })
    const scenario = fc.record({
      rows: fc.array(placed, { maxLength: 24 }),
      top: fc.integer({ min: 1, max: 9 }),
      pageSize: fc.integer({ min: 1, max: 7 }),
      direction: fc.constantFrom('asc', 'desc'),
    })
    const pagesToEnd = fc.asyncProperty(scenario, async ({ rows, top, pageSize, direction }) => {
      const parts = [0, 1, 2, 3].map((part) =>
        rows.flatMap(({ second, partition }, number) => (partition === part ? [result(number, second)] : [])),
      )
      gateway.partitions = split(parts)
      gateway.pageSize = pageSize
      const ids: string[] = []
      for (let path: string | undefined = `${RESULTS}?$top=${top}&$orderby=createdDateTime ${direction}`; path; ) {
        const page = await call(path)
        expect(page.status).toBe(200)
        ids.push(...(page.ids ?? []))
        const next: unknown = page.json['@odata.nextLink']
        path = typeof next === 'string' ? next.replace('http://ledger.test', '') : undefined
      }
      const sorted = rows.map(({ second }, number) => `${second} ${idOf(number)}`).sort()
      if (direction === 'desc') sorted.reverse()
      expect(ids).toEqual(sorted.map((text) => text.split(' ')[1]))
    })
    await fc.assert(pagesToEnd, { numRuns: 30, seed: 8 })
  })
})

describe('a partition that fails', () => {
  const failing: [string, Refusal, number][] = [
    ['503', { status: 503 }, 503],
    ['500', { status: 500 }, 503],
    ['408', { status: 408 }, 503],
    ['449', { status: 449 }, 503],
    ['410', { status: 410 }, 503],
    ['410 of a split that does not end', { status: 410, substatus: 1002 }, 503],
    ['429', { status: 429, headers: { 'x-ms-retry-after-ms': '20' } }, 429],
    ['401', { status: 401 }, 500],
    ['403', { status: 403 }, 500],
    ['400', { status: 400 }, 500],
  ]

  it.each(failing)('with %s is an error, never half a page', async (_, refusal, status) => {
    gateway.partitions = split([even, odd])
    gateway.refuse = ({ range }) => (range === '1' ? refusal : undefined)
    const page = await call(`${RESULTS}?$top=4`, SETTINGS)
    expect(page.status).toBe(status)
    expect(page.ids).toBeUndefined()
    expect((await call(`${RESULTS}/$count`, SETTINGS)).status).toBe(status)
  })

  it.each(failing)('with %s behind its first page is an error all the same', async (_, refusal, status) => {
    gateway.partitions = split([even, odd])
    gateway.pageSize = 1
    const pages = () => gateway.asked.filter(({ range }) => range === '1').length
    gateway.refuse = ({ range }) => (range === '1' && pages() > 1 ? refusal : undefined)
    const page = await call(`${RESULTS}?$top=4`, SETTINGS)
    expect([page.status, page.ids]).toEqual([status, undefined])
  })

  it.each(failing.slice(0, 7))('with %s once is asked again, and the page is whole', async (_, refusal) => {
    for (const kind of ['plan', 'direct', 'ranges', 'partition']) {
      let left = 1
      gateway.partitions = split([even, odd])
      gateway.refuse = (asked) => (asked.kind === kind && left-- > 0 ? refusal : undefined)
      const { status, ids, log } = await call(`${RESULTS}?$top=4`)
      expect([kind, status, ids]).toEqual([kind, 200, [9, 8, 7, 6].map(idOf)])
      // At once: an attempt may take two seconds, and the SDK would go round in them.
      expect(log.duration).toBeLessThan(1500)
    }
  })

  it('because it was split is found again in its parts', async () => {
    gateway.partitions = split([even, odd])
    gateway.pageSize = 1
    const [left, right] = split([even, odd])
    gateway.refuse = ({ range }) => {
      const isSecond = gateway.asked.filter((asked) => asked.range === '1').length === 2
      if (range !== '1' || !isSecond || left === undefined || right === undefined) return undefined
      const halves = [
        { ...right, id: '2', max: '1A88', documents: odd.slice(0, 2) },
        { ...right, id: '3', min: '1A88', documents: odd.slice(2) },
      ]
      gateway.partitions = [left, ...halves]
      return { status: 410, substatus: 1002 }
    }
    const { status, ids, log } = await call(`${RESULTS}?$top=6`)
    expect([status, ids]).toEqual([200, [9, 8, 7, 6, 5, 4].map(idOf)])
    expect(log.duration).toBeLessThan(1500)
  })
})

describe('what a store returns', () => {
  it('is not gathered beyond what one answer holds', async () => {
    const large = (from: number) =>
      Array.from({ length: 20 }, (_, number) => result(number + from, number, { exception: 'x'.repeat(1_000_000) }))
    gateway.partitions = split([large(0), large(20)])
    gateway.pageSize = 4
    const page = await call(`${RESULTS}?$top=40`)
    expect([page.status, page.ids?.length]).toEqual([200, 3])
    expect(page.json['@odata.nextLink']).toBeDefined()
    expect(gateway.asked.filter(({ kind }) => kind === 'partition').length).toBeLessThanOrEqual(4)
  })

  it('is never answered where it is of another partner', async () => {
    gateway.partitions = split([
      even,
      [...odd, result(10, 10, { partnerTenantId: OTHER_TENANT, exception: 'foreign' })],
    ])
    const page = await call(RESULTS)
    expect([page.status, page.ids]).toEqual([500, undefined])
    expect(page.text + page.logged.join()).not.toContain('foreign')
  })

  it('for a container with one key level is taken as it comes: in pages, empty ones too, and counted in parts', async () => {
    const operation = (number: number) => ({
      ...result(number),
      name: `operation ${number}`,
      target: {},
      operationDefinition: {},
      result: null,
    })
    gateway.partitions = split([[0, 1, 2, 3].map(operation)])
    Object.assign(gateway, { pageSize: 1, countParts: 3 })
    const page = await call('/beta/managedTenantOperations?$top=3&$count=true')
    expect(page.ids).toEqual([3, 2, 1].map(idOf))
    expect(page.json['@odata.count']).toBe(4)
    const partitioned = gateway.asked.filter(({ kind }) => kind === 'direct')
    expect(partitioned.every(({ partitionKey }) => partitionKey === JSON.stringify([TENANT]))).toBe(true)
    expect(page.log).toMatchObject({ storeRequests: 2, storeCharge: 2.5 * partitioned.length })
    expect((await call('/beta/managedTenantOperations/$count')).text).toBe('4')
  })
})
