import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { partsOf, send } from '../api/batches'
import { operation } from '../api/samples'
import { afterDeadline, passTime, stopClock, until } from '../fakes/clock'
import { idOf, result, setStage, split } from '../fakes/stage'

const stage = setStage()
const OPERATION = idOf(77)

beforeEach(() => {
  // No deadline comes unless the test lets it come.
  stopClock()
  const dates = {
    createdDateTime: '2026-11-23T10:00:00.0000000Z',
    lastModifiedDateTime: '2026-11-23T10:00:00.0000000Z',
  }
  stage.gateway.document = { ...operation.body, ...dates, id: OPERATION, target: { tenantIds: targets }, _etag: '"x"' }
})
afterEach(() => {
  vi.useRealTimers()
})

const tenantOf = (number: number): string => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`
const targets = Array.from({ length: 3000 }, (_, number) => tenantOf(number))

const resultOf = (number: number, tenants = 1000) =>
  result(number, number % 50, {
    managedTenantOperationId: OPERATION,
    targetTenantId: tenantOf(number % tenants),
    isSuccess: false,
    exception: `x${number}`,
  })

const place = (count: number, tenants?: number): void => {
  const results = Array.from({ length: count }, (_, number) => resultOf(number, tenants))
  const half = (parity: number) => results.filter((_, number) => number % 2 === parity)
  stage.gateway.partitions = split([half(0), half(1)])
  stage.gateway.pageSize = 5000
}

const summarize = (settings = {}) => stage.call(`/beta/managedTenantOperations/${OPERATION}/summary()`, settings)
const queries = () => stage.gateway.asked.filter(({ kind }) => kind === 'direct').length

describe('a summary over many results', () => {
  it.each([
    [4999, false, 1],
    [5000, false, 2],
    [12000, false, 3],
    [20000, false, 4],
    [20001, true, 4],
    [20050, true, 4],
  ])('of %i is partial: %j, and takes %i queries', async (count, isPartial, expected) => {
    place(count)
    const { status, json, log } = await summarize()
    expect([status, json.isPartial, queries()]).toEqual([200, isPartial, expected])
    expect(json).toMatchObject({ targetCount: 3000, tenantCount: 1000, failedCount: 1000, succeededCount: 0 })
    const unknown = { missingCount: null, isComplete: null, missingTenantIds: null }
    expect(json).toMatchObject(isPartial ? unknown : { missingCount: 2000, isComplete: false })
    expect(log.storeRequests).toBe(1 + expected)
  })

  it('lists a thousand failures and a thousand missing tenants, the newest first', async () => {
    place(2500, 1500)
    const { json } = await summarize()
    expect(json).toMatchObject({ tenantCount: 1500, failedCount: 1500, missingCount: 1500, isPartial: false })
    const failures = json.failures as { tenantId: string; exception: string }[]
    expect(failures).toHaveLength(1000)
    const missing = json.missingTenantIds as string[]
    expect([missing.length, missing[0]]).toEqual([1000, tenantOf(1500)])
    const newest = Array.from({ length: 2500 }, (_, number) => ({ number, second: number % 50 }))
      .toSorted((a, b) => b.second - a.second || b.number - a.number)
      .map(({ number }) => number)
    expect(failures[0]).toEqual({ tenantId: tenantOf((newest[0] ?? 0) % 1500), exception: `x${newest[0]}` })
    expect(json.lastResultDateTime).toBe('2026-11-23T10:49:00.0000000Z')
    expect(json.firstResultDateTime).toBe('2026-11-23T10:00:00.0000000Z')
  })

  it('reads on where a page ends early, at its size or empty', async () => {
    place(6000)
    stage.gateway.pageSize = 700
    const { json } = await summarize()
    expect(json).toMatchObject({ tenantCount: 1000, isPartial: false })
    stage.gateway.partitions = split([[], Array.from({ length: 3 }, (_, number) => resultOf(number)), []])
    expect((await summarize()).json).toMatchObject({ tenantCount: 3, isPartial: false })
  })
})

describe('a store that fails a summary', () => {
  const failFrom = (query: number, refusal: { status: number; headers?: Readonly<Record<string, string>> }): void => {
    stage.gateway.refuse = ({ kind }) => (kind === 'direct' && queries() >= query ? refusal : undefined)
  }

  it('after the first page leaves it partial', async () => {
    place(12000)
    failFrom(2, { status: 503 })
    const answer = summarize()
    await until(() => queries() > 1)
    const { status, json } = await afterDeadline(answer)
    expect([status, json.isPartial, json.missingTenantIds]).toEqual([200, true, null])
    expect(json).toMatchObject({ lastResultDateTime: '2026-11-23T10:49:00.0000000Z', missingCount: null })
    failFrom(2, { status: 429, headers: { 'x-ms-retry-after-ms': '20' } })
    expect((await summarize({ STORE_THROTTLE_MS: '50' })).json.isPartial).toBe(true)
  })

  it('on the first page is a failure, and so is one that refuses us on any', async () => {
    place(12000)
    failFrom(1, { status: 503 })
    const answer = summarize()
    await until(() => queries() > 0)
    expect((await afterDeadline(answer)).status).toBe(503)
    failFrom(2, { status: 403 })
    expect((await summarize()).status).toBe(500)
    stage.gateway.refuse = () => undefined
    stage.gateway.document = undefined
    expect((await summarize()).status).toBe(404)
    expect(queries()).toBe(0)
  })

  it('may take four times the usual deadline, twenty seconds at most', async () => {
    place(100)
    for (const [usual, most] of [
      ['2000', 8000],
      ['9000', 20000],
    ] as const) {
      failFrom(1, { status: 503 })
      let isSettled = false
      const answer = summarize({ STORE_DEADLINE_MS: usual }).then(({ status }) => {
        isSettled = true
        return status
      })
      await until(() => queries() > 0)
      vi.advanceTimersByTime(most * 0.9)
      const before = queries()
      await until(() => queries() > before)
      expect(isSettled).toBe(false)
      vi.advanceTimersByTime(most * 0.1)
      expect(await answer).toBe(503)
    }
  })

  it('in a batch has no more time than the batch', async () => {
    place(6000)
    // Every page but the first of each summary fails.
    stage.gateway.refuse = ({ text }) => (text.includes('c.createdDateTime < ') ? { status: 503 } : undefined)
    const services = stage.ledger.with({ COSMOS_ENDPOINT: stage.gateway.endpoint, STORE_DEADLINE_MS: '3000' })
    const request = { method: 'GET', url: `/managedTenantOperations/${OPERATION}/summary()` }
    const requests = [
      { ...request, id: 'first' },
      { ...request, id: 'second', dependsOn: ['first'] },
    ]
    const start = performance.now()
    let end: number | undefined
    const answer = send(stage.ledger, requests, { services }).finally(() => {
      end = performance.now()
    })
    while (end === undefined) {
      const before = queries()
      await Promise.race([answer, until(() => queries() > before)])
      passTime(1000)
    }
    expect(partsOf(await answer).map(({ status, body }) => [status, Object(body).isPartial])).toEqual([
      ...[
        [200, true],
        [200, true],
      ],
    ])
    expect(end - start).toBeGreaterThan(12_000)
    expect(end - start).toBeLessThanOrEqual(21_000)
  })
})
