import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { afterDeadline, stopClock, until } from '../fakes/clock'
import type { Refusal } from '../fakes/gateway'
import { even, idOf, odd, RESULTS, result, setStage, split } from '../fakes/stage'
import { OTHER_TENANT, TENANT } from '../harness'

const stage = setStage()
afterEach(() => {
  vi.useRealTimers()
})

describe('a query over two physical partitions', () => {
  it.each([
    ['', [9, 8, 7, 6]],
    ['&$orderby=createdDateTime', [0, 1, 2, 3]],
    ['&$orderby=createdDateTime desc', [9, 8, 7, 6]],
    ['&$orderby=lastModifiedDateTime', [0, 1, 2, 3]],
  ])('comes back merged in the order of %j, and no longer than asked for', async (order, expected) => {
    stage.gateway.partitions = split([even, odd])
    const { status, ids, json } = await stage.call(`${RESULTS}?$top=4${order}`)
    expect({ status, ids }).toEqual({ status: 200, ids: expected.map(idOf) })
    expect(json['@odata.nextLink']).toBeDefined()
    expect(stage.kinds()).toBe('plan direct ranges partition0 partition1')
  })

  it('is asked for within the tenant only, by every request', async () => {
    stage.gateway.partitions = split([even, odd])
    await stage.call(`${RESULTS}?$top=4&$count=true&$filter=isSuccess eq true or targetTenantId eq ${OTHER_TENANT}`)
    const queries = stage.gateway.asked.filter(({ kind }) => kind !== 'ranges')
    expect(queries.length).toBe(8)
    for (const { text, parameters, partitionKey } of queries) {
      expect(text).toMatch(/WHERE \(*c\.partnerTenantId = @p0 AND \(/)
      expect(parameters[0]).toEqual({ name: '@p0', value: TENANT })
      expect(partitionKey).toBeUndefined()
    }
  })

  it('is counted across them, in one number or in several', async () => {
    stage.gateway.partitions = split([even, odd.slice(1)])
    expect((await stage.call(`${RESULTS}/$count`)).text).toBe('9')
    expect(stage.kinds()).toBe('plan direct ranges partition0 partition1')
    Object.assign(stage.gateway, { countParts: 3, pageSize: 1 })
    expect((await stage.call(`${RESULTS}/$count`)).text).toBe('9')
    stage.gateway.partitions = split([[], []])
    stage.gateway.countParts = 1
    expect((await stage.call(`${RESULTS}/$count`)).text).toBe('0')
  })

  it('charges what its partitions charge, and empty ones too', async () => {
    stage.gateway.partitions = split([even, []])
    expect((await stage.call(`${RESULTS}?$top=4`)).log).toMatchObject({ storeRequests: 1, storeCharge: 5 })
    stage.gateway.pageSize = 2
    expect((await stage.call(`${RESULTS}?$top=4`)).log).toMatchObject({ storeRequests: 1, storeCharge: 10 })
  })

  it('pages through to the end, however rows are distributed', async () => {
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
      stage.gateway.partitions = split(parts)
      stage.gateway.pageSize = pageSize
      const ids: string[] = []
      for (let path: string | undefined = `${RESULTS}?$top=${top}&$orderby=createdDateTime ${direction}`; path; ) {
        const page = await stage.call(path)
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

  const pages = () => stage.gateway.asked.filter(({ range }) => range === '1').length

  // What is 503 is asked for until the deadline, which comes when the partition has failed; all else ends before.
  const failed = async (path: string, status: number, after: number) => {
    stopClock()
    const answer = stage.call(path, { STORE_THROTTLE_MS: '50' })
    await until(() => pages() > after)
    return status === 503 ? afterDeadline(answer) : answer
  }

  it.each(failing)('with %s is an error, never half a page', async (_, refusal, status) => {
    stage.gateway.partitions = split([even, odd])
    stage.gateway.refuse = ({ range }) => (range === '1' ? refusal : undefined)
    const page = await failed(`${RESULTS}?$top=4`, status, 0)
    expect(page.status).toBe(status)
    expect(page.ids).toBeUndefined()
    expect((await failed(`${RESULTS}/$count`, status, 0)).status).toBe(status)
  })

  it.each(failing)('with %s behind its first page is an error all the same', async (_, refusal, status) => {
    stage.gateway.partitions = split([even, odd])
    stage.gateway.pageSize = 1
    stage.gateway.refuse = ({ range }) => (range === '1' && pages() > 1 ? refusal : undefined)
    const page = await failed(`${RESULTS}?$top=4`, status, 1)
    expect([page.status, page.ids]).toEqual([status, undefined])
  })

  it.each(failing.slice(0, 7))('with %s once is asked again, and the page is whole', async (_, refusal) => {
    // With a clock that stands still: nobody waits for the end of an attempt, and the SDK does not go round in one.
    stopClock()
    for (const kind of ['plan', 'direct', 'ranges', 'partition']) {
      let left = 1
      stage.gateway.partitions = split([even, odd])
      stage.gateway.refuse = (asked) => (asked.kind === kind && left-- > 0 ? refusal : undefined)
      const { status, ids } = await stage.call(`${RESULTS}?$top=4`)
      expect([kind, status, ids]).toEqual([kind, 200, [9, 8, 7, 6].map(idOf)])
    }
  })

  it('because it was split is found in the new partitions', async () => {
    stopClock()
    stage.gateway.partitions = split([even, odd])
    stage.gateway.pageSize = 1
    const [left, right] = split([even, odd])
    stage.gateway.refuse = ({ range }) => {
      const isSecond = stage.gateway.asked.filter((asked) => asked.range === '1').length === 2
      if (range !== '1' || !isSecond || left === undefined || right === undefined) return undefined
      const halves = [
        { ...right, id: '2', max: '1A88', documents: odd.slice(0, 2) },
        { ...right, id: '3', min: '1A88', documents: odd.slice(2) },
      ]
      stage.gateway.partitions = [left, ...halves]
      return { status: 410, substatus: 1002 }
    }
    const { status, ids } = await stage.call(`${RESULTS}?$top=6`)
    expect([status, ids]).toEqual([200, [9, 8, 7, 6, 5, 4].map(idOf)])
  })
})
