import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { afterDeadline, stopClock, until } from '../fakes/clock'
import { RESULTS, result, setStage, split } from '../fakes/stage'
import { OTHER_TENANT, TENANT } from '../harness'

const stage = setStage()
afterEach(() => {
  vi.useRealTimers()
})

const APPLY = 'groupby((managedTenantOperationId),aggregate($count as total))'
const named = (number: number, managedTenantOperationId: string) => result(number, number, { managedTenantOperationId })
const count = (path = RESULTS, apply = APPLY) => stage.call(`${path}?$apply=${encodeURIComponent(apply)}`)

// Thirteen of a, and four of b, on both sides.
const lying = () => {
  const all = [...'aababaaaabaaabaaa'].map((name, number) => named(number, name))
  return split([all.slice(0, 9), [], all.slice(9)])
}
const right = [
  { managedTenantOperationId: 'a', total: 13 },
  { managedTenantOperationId: 'b', total: 4 },
]

describe('groups over several physical partitions', () => {
  it.each([1, 2, 3, 1000])('are whole, in pages of %i with empty ones between', async (pageSize) => {
    Object.assign(stage.gateway, { partitions: lying(), pageSize, gaps: true })
    const { status, json } = await count()
    expect([status, json.value]).toEqual([200, right])
  })

  it('are asked for within the tenant only, and charged in full', async () => {
    stage.gateway.partitions = lying()
    const { log } = await count()
    expect(stage.kinds()).toBe('plan direct ranges partition0 partition1 partition2')
    expect(log).toMatchObject({ storeRequests: 1, storeCharge: 7.5 })
    for (const { text, parameters, kind } of stage.gateway.asked) {
      if (kind === 'ranges') continue
      expect(text).toMatch(/WHERE \(?c\.partnerTenantId = @p0\)?\s/)
      expect(text).not.toContain('total')
      expect(parameters).toEqual([{ name: '@p0', value: TENANT }])
    }
  })

  it('are what plain JavaScript counts, wherever the parts lie', async () => {
    const placed = fc.record({ name: fc.constantFrom('a', 'b', 'c'), partition: fc.nat(3) })
    const scenario = fc.record({
      rows: fc.array(placed, { maxLength: 30 }),
      pageSize: fc.integer({ min: 1, max: 6 }),
      gaps: fc.boolean(),
    })
    const property = fc.asyncProperty(scenario, async ({ rows, pageSize, gaps }) => {
      const parts = [0, 1, 2, 3].map((part) =>
        rows.flatMap(({ name, partition }, number) => (partition === part ? [named(number, name)] : [])),
      )
      Object.assign(stage.gateway, { partitions: split(parts), pageSize, gaps })
      const expected = ['a', 'b', 'c'].flatMap((name) => {
        const total = rows.filter((row) => row.name === name).length
        return total === 0 ? [] : [{ managedTenantOperationId: name, total }]
      })
      expect((await count()).json.value).toEqual(expected)
    })
    await fc.assert(property, { numRuns: 40, seed: 13 })
  })

  it('are refused beyond ten thousand, and answered up to them', async () => {
    const many = (length: number) => Array.from({ length }, (_, number) => named(number, `o${number}`))
    stage.gateway.partitions = split([many(6000), many(10_000)])
    const { status, json } = await count()
    expect([status, (json.value as unknown[]).length]).toEqual([200, 10_000])
    expect((json.value as unknown[])[0]).toEqual({ managedTenantOperationId: 'o0', total: 2 })
    stage.gateway.partitions = split([many(6000), many(10_001)])
    const refused = await count()
    expect([refused.status, refused.json]).toMatchObject([400, { error: { target: '$apply' } }])
    expect(refused.text).toMatch(/more than 10000 groups: put filter\(…\)\//)
  })

  it('are a failure where one is of another partner', async () => {
    stage.gateway.partitions = split([[named(0, 'a')], [{ ...named(1, 'a'), partnerTenantId: OTHER_TENANT }]])
    const { status, json } = await count()
    expect([status, json.value]).toEqual([500, undefined])
  })
})

describe('groups of one partition key', () => {
  it('are merged, though one comes as several rows', async () => {
    const all = [...'aabab'].map((name, number) => ({ ...named(number, name), name, result: null }))
    Object.assign(stage.gateway, { partitions: split([all]), pageSize: 2, gaps: true })
    const apply = 'groupby((name),aggregate($count as total))'
    const { status, json } = await count('/beta/managedTenantOperations', apply)
    const expected = [
      { name: 'a', total: 3 },
      { name: 'b', total: 2 },
    ]
    expect([status, json.value]).toEqual([200, expected])
    expect(stage.gateway.asked.filter(({ kind }) => kind !== 'plan').every(({ kind }) => kind === 'direct')).toBe(true)
  })
})

describe('an end before the last page', () => {
  // A plan from which grouping is not taken out, so that the SDK merges by itself, and stops at an empty page.
  const bySdk = (plan: Readonly<Record<string, unknown>>) => ({
    ...plan,
    queryInfo: { ...(plan.queryInfo as object), groupByExpressions: [] },
  })

  it('is a failure, and never a number that is too small', async () => {
    stopClock()
    Object.assign(stage.gateway, { partitions: lying(), pageSize: 2, gaps: true, replan: bySdk })
    const answer = count()
    await until(() => stage.gateway.asked.some(({ range }) => range === '2'))
    const { status, json } = await afterDeadline(answer)
    expect([status, json.value]).toEqual([503, undefined])
  })

  it('is one also where every page has come, and the SDK hands on a part of them', async () => {
    stopClock()
    Object.assign(stage.gateway, { partitions: lying(), replan: bySdk })
    const answer = count()
    await until(() => stage.gateway.asked.some(({ range }) => range === '2'))
    const { status, json } = await afterDeadline(answer)
    expect([status, json.value]).toEqual([503, undefined])
  })

  it.each([503, 500, 403])('by a partition that answers %i behind its first page is a failure', async (status) => {
    stopClock()
    Object.assign(stage.gateway, { partitions: lying(), pageSize: 2 })
    const pages = () => stage.gateway.asked.filter(({ range }) => range === '2').length
    stage.gateway.refuse = ({ range }) => (range === '2' && pages() > 1 ? { status } : undefined)
    const answer = count()
    await until(() => pages() > 1)
    // What is 503 is asked for until the deadline; all else ends before.
    const reply = await (status === 403 ? answer : afterDeadline(answer))
    expect(reply.json.value).toBeUndefined()
    expect(reply.status).toBe(status === 403 ? 500 : 503)
  })
})
