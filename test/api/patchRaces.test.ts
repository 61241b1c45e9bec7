import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { passTime, stopTime } from '../fakes/clock'
import { type Ledger, startLedger } from '../harness'
import { createIn } from './created'
import { operation, type Sample } from './samples'

type Members = Readonly<Record<string, unknown>>

// How long one request may work at the store.
const MINUTE = 60_000

const LATER = new Date('2026-11-23T11:30:00.000Z')

let ledger: Ledger
let later: ReturnType<Ledger['with']>

beforeAll(async () => {
  ledger = await startLedger()
  later = ledger.with({}, () => LATER)
})
afterAll(() => ledger.close())

const create = (sample: Sample, more: Members = {}) => createIn(ledger, sample, more)

const patch = (path: string, body: unknown, headers = {}) =>
  ledger.call({ path, method: 'PATCH', body, headers, services: later })

describe('at once', () => {
  it('twenty merges of different properties are all there', async () => {
    const { path } = await create(operation)
    const names = Array.from({ length: 20 }, (_, index) => `property${index}`)
    const replies = await Promise.all(
      names.map((name) =>
        patch(path, { [name]: name, target: { [name.length > 9 ? 'allTenants' : 'tenantIds']: null } }),
      ),
    )
    expect(replies.map(({ status }) => status)).toEqual(names.map(() => 200))
    const { json } = await ledger.call({ path })
    expect(names.map((name) => json[name])).toEqual(names)
  })

  it('of writers that name a version one wins', async () => {
    const { path, etag } = await create(operation)
    const writers = [1, 2, 3, 4, 5].map((writer) => patch(path, { writer }, { 'if-match': etag }))
    const statuses = (await Promise.all(writers)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 412, 412, 412, 412])
    const deletes = await Promise.all([1, 2, 3].map(() => ledger.call({ path, method: 'DELETE' })))
    expect(deletes.map(({ status }) => status).sort()).toEqual([204, 404, 404])
  })

  it('a PATCH without If-Match that keeps losing to others is 409 by the deadline', async () => {
    const { path } = await create(operation)
    const { services } = ledger
    onTestFinished(() => void vi.useRealTimers())
    stopTime()
    let races = 0
    const lose = () => {
      races += 1
      if (races === 4) passTime(MINUTE)
      return Promise.resolve({ kind: 'stale' as const, charge: 0 })
    }
    const attempts = { ...services.attempts, replace: lose }
    const reply = await ledger.call({ path, method: 'PATCH', body: {}, services: { ...services, attempts } })
    expect([reply.status, reply.log.error, races]).toEqual([409, 'concurrentChange', 4])
  })
})
