import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attempts, Outcome, Rows, Stored } from '../../shared/cosmos/attempts'
import type { Group } from '../../shared/cosmos/groups'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { type Sample, samples } from './samples'

// A store that answers a document of another partner, whatever it is asked for.

const THEIRS = 'what another partner wrote'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const foreign = ({ document, etag }: Stored): Stored => ({
  document: { ...document, partnerTenantId: OTHER_TENANT, displayName: THEIRS, name: THEIRS, exception: THEIRS },
  etag,
})

const lie = <T>(outcome: Outcome<T>, change: (value: T) => T): Outcome<T> =>
  outcome.kind === 'ok' ? { ...outcome, value: change(outcome.value) } : outcome

const foreignRows = ({ rows, cut }: Rows): Rows => ({
  // A count is a number, and has no document in it.
  rows: rows.map((row) =>
    typeof row === 'object' && row !== null ? foreign({ document: { ...row }, etag: '' }).document : row,
  ),
  cut,
})

const foreignGroups = ({ rows, cut }: Rows): Rows => ({
  // The rows of groups are such.
  rows: (rows as Group[]).map(({ values, count }) => ({
    values: foreign({ document: values, etag: '' }).document,
    count,
  })),
  cut,
})

const lying = (attempts: Attempts): Attempts => ({
  ...attempts,
  create: async (...args) => lie(await attempts.create(...args), foreign),
  read: async (...args) => lie(await attempts.read(...args), foreign),
  replace: async (...args) => lie(await attempts.replace(...args), foreign),
  query: async (...args) => lie(await attempts.query(...args), foreignRows),
  groups: async (...args) => lie(await attempts.groups(...args), foreignGroups),
})

const REPEATED = {
  'repeatability-request-id': '2f6d8b1c-90e4-4a57-b3c8-7d15e9a0f462',
  'repeatability-first-sent': 'Mon, 23 Nov 2026 10:55:47 GMT',
}

const having = (changes: Partial<Attempts>): Ledger['services'] => ({
  ...ledger.services,
  attempts: { ...ledger.services.attempts, ...changes },
})

describe.each(samples.map((sample) => [sample.name, sample] as const))('%s', (_, sample: Sample) => {
  const { path, body } = sample
  const expectRefusal = async (call: Parameters<Ledger['call']>[0], status: number): Promise<void> => {
    const reply = await ledger.call(call)
    expect([call.method, reply.status]).toEqual([call.method, status])
    expect(`${reply.text}${JSON.stringify([...reply.headers])}`).not.toContain(THEIRS)
  }

  it('is never answered by any verb', async () => {
    const services = having(lying(ledger.services.attempts))
    const { json } = await ledger.call({ path, body })
    const item = `${path}/${String(json.id)}`
    const groups = 'groupby((createdBy/user/id),aggregate($count as n))'
    await expectRefusal({ path: item, services }, 404)
    await expectRefusal({ path, services }, 500)
    await expectRefusal({ path: `${path}?$apply=${groups}`, services }, 500)
    await expectRefusal({ path, body, services }, 500)
    await ledger.call({ path, body, headers: REPEATED })
    await expectRefusal({ path, body, headers: REPEATED, services }, 500)
    if (!sample.changes) return
    await expectRefusal({ method: 'PATCH', path: item, body: {}, services }, 404)
    const { replace } = lying(ledger.services.attempts)
    await expectRefusal({ method: 'PATCH', path: item, body: {}, services: having({ replace }) }, 500)
  })
})
