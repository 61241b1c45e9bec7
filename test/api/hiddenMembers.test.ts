import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { operation, relationshipRequest } from './samples'

const { path } = relationshipRequest
const PREFER = { prefer: 'include-unknown-enum-members' }

let ledger: Ledger
let id: string

beforeAll(async () => {
  ledger = await startLedger()
  for (const action of ['approve', 'terminate', 'lockForApproval']) await ledger.call({ path, body: { action } })
  const { json } = await ledger.call({ path, body: { action: 'reject' }, headers: PREFER })
  id = String(json.id)
})
afterAll(() => ledger.close())

const actions = async (query: string, headers = {}) => {
  const { status, json } = await ledger.call({ path: path + query, headers })
  return Array.isArray(json.value) ? json.value.map(({ action }: { action: string }) => action).sort() : status
}

describe('a hidden member', () => {
  it('is masked in an entity and in a list unless the client knows it', async () => {
    const masked = await ledger.call({ path: `${path}/${id}` })
    expect([masked.json.action, masked.headers.get('preference-applied')]).toEqual(['unknownFutureValue', null])
    const shown = await ledger.call({ path: `${path}/${id}`, headers: PREFER })
    expect([shown.json.action, shown.headers.get('preference-applied')]).toEqual(['reject', PREFER.prefer])
    expect(await actions('')).toEqual(['approve', 'lockForApproval', 'terminate', 'unknownFutureValue'])
    expect(await actions('?$select=action', PREFER)).toEqual(['approve', 'lockForApproval', 'reject', 'terminate'])
    const list = await ledger.call({ path, headers: PREFER })
    expect(list.headers.get('preference-applied')).toBe(PREFER.prefer)
    const other = await ledger.call({ path: operation.path, headers: PREFER })
    expect(other.headers.get('preference-applied')).toBeNull()
  })

  const rows: [string, object, string[] | number][] = [
    ["action eq 'reject'", {}, 400],
    ["action ne 'reject'", {}, 400],
    ["action in ('approve','reject')", {}, 400],
    ["action eq 'unknownFutureValue'", {}, ['unknownFutureValue']],
    ["action ne 'unknownFutureValue'", {}, ['approve', 'lockForApproval', 'terminate']],
    ["not (action in ('unknownFutureValue','approve'))", {}, ['lockForApproval', 'terminate']],
    ["action eq 'reject'", PREFER, ['reject']],
    ["action ne 'reject'", PREFER, ['approve', 'lockForApproval', 'terminate']],
    ["action eq 'unknownFutureValue'", PREFER, []],
    ["action eq 'Approve'", {}, 400],
    ["action gt 'approve'", {}, 400],
    ["startswith(action,'a')", {}, 400],
    ['action eq approve', {}, 400],
    ['action eq null', {}, []],
    ["status eq 'created'", {}, ['approve', 'lockForApproval', 'terminate', 'unknownFutureValue']],
  ]
  it.each(rows)('in $filter=%s with %j', async (filter, headers, expected) => {
    expect(await actions(`?$filter=${filter}`, headers)).toEqual(expected)
  })

  it('is counted as it is filtered', async () => {
    const count = async (filter: string, headers = {}) =>
      (await ledger.call({ path: `${path}/$count?$filter=${filter}`, headers })).text
    expect(await count("action eq 'unknownFutureValue'")).toBe('1')
    expect(await count("action eq 'unknownFutureValue'", PREFER)).toBe('0')
  })

  it('is not named by a message unless the client knows it', async () => {
    const refused = await ledger.call({ path: `${path}?$filter=action eq 'x'` })
    expect(refused.text).toContain("'unknownFutureValue'")
    expect(refused.text).not.toContain('reject')
  })
})
