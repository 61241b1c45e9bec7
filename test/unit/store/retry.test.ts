import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Outcome, Stored } from '../../../shared/cosmos/attempts'
import { operation } from '../../api/samples'
import { afterDeadline, passTime, stopClock, stopTime, until } from '../../fakes/clock'
import { type Ledger, startLedger, TENANT } from '../../harness'

// The store's time for one request: a minute here, of which one attempt gets 24 seconds. Under 3 none is begun.

let ledger: Ledger
let path: string

beforeAll(async () => {
  ledger = await startLedger()
  const { json } = await ledger.call({ path: operation.path, body: operation.body })
  path = `${operation.path}/${json.id}`
})
afterAll(() => ledger.close())
afterEach(() => {
  vi.useRealTimers()
})

type Attempts = Ledger['services']['attempts']

/** The services, with these attempts in the place of their own. */
const having = (attempts: Partial<Attempts>): Ledger['services'] => ({
  ...ledger.services,
  attempts: { ...ledger.services.attempts, ...attempts },
})

describe('a request', () => {
  it.each([
    [57_000, 404, 1],
    [57_001, 503, 0],
  ])('that has spent %i ms on one step is %i, with %i attempts at the next', async (spent, status, expected) => {
    stopTime()
    let attempts = 0
    const read: Attempts['read'] = async (...args) => {
      const reply = await ledger.services.attempts.read(...args)
      passTime(spent)
      return reply
    }
    const replace = async (): Promise<Outcome<Stored>> => {
      attempts += 1
      return { kind: 'absent', charge: 0 }
    }
    const reply = await ledger.call({ method: 'PATCH', path, body: {}, services: having({ read, replace }) })
    expect([reply.status, attempts, reply.log.storeRequests]).toEqual([status, expected, 1 + expected])
  })

  it.each([
    [56_974, 2],
    [56_975, 1],
  ])('that is throttled for 25 ms when %i are gone has %i attempts', async (spent, expected) => {
    stopTime()
    let attempts = 0
    const read = async (): Promise<Outcome<Stored>> => {
      attempts += 1
      if (attempts === 1) passTime(spent)
      return attempts === 1 ? { kind: 'throttled', charge: 0, retryAfter: 25 } : { kind: 'absent', charge: 0 }
    }
    const { status } = await ledger.call({ path, services: having({ read }) })
    expect([status, attempts]).toEqual([expected === 1 ? 429 : 404, expected])
  })

  it('gives up an attempt after two fifths of the deadline, and the request at the deadline, even if no attempt ever ends', async () => {
    stopClock()
    let attempts = 0
    const read = (): Promise<Outcome<Stored>> => {
      attempts += 1
      return new Promise(() => undefined)
    }
    const answer = ledger.call({ path, services: having({ read }) })
    await until(() => attempts === 1)
    passTime(24_000)
    await until(() => attempts === 2)
    const { status, json } = await afterDeadline(answer)
    expect([status, attempts]).toEqual([503, 2])
    expect(json).toMatchObject({ error: { innerError: { code: 'storeUnavailable' } } })
  })
})

it('does not share the budget of another', async () => {
  stopTime()
  const read: Attempts['read'] = async (...args) => {
    passTime(57_001)
    return ledger.services.attempts.read(...args)
  }
  const services = having({ read })
  for (const _ of [1, 2]) expect((await ledger.call({ path, services })).json.partnerTenantId).toBe(TENANT)
})
