import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, NOW, type Reply, startLedger } from '../harness'
import { operation, relationshipRequest } from './samples'

const MINE = '7d0f2c6e-91b8-4a35-8e4d-c25b7f16a093'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

describe('a create', () => {
  const body = operation.body
  const create = (headers: Readonly<Record<string, string>>): Promise<Reply> =>
    ledger.call({ path: operation.path, body, headers })

  it.each([
    [MINE, MINE],
    [MINE.toUpperCase(), MINE.toUpperCase()],
    [`{${MINE}}`, undefined],
    [`${MINE}, ${MINE}`, undefined],
    ['mine', undefined],
    ['', undefined],
  ])('with the client-request-id %j', async (given, echoed) => {
    const { headers, log } = await create({ 'client-request-id': given })
    expect(headers.get('client-request-id')).toBe(echoed ?? headers.get('request-id'))
    expect(headers.get('request-id')).not.toBe(given)
    expect(log.clientRequestId).toBe(echoed ?? log.requestId)
  })

  it.each([
    ['return=minimal', 204, 'return=minimal'],
    ['RETURN="minimal" ; x=1', 204, 'return=minimal'],
    ['respond-async, return=minimal', 204, 'return=minimal'],
    ['return=minimal, return=representation', 204, 'return=minimal'],
    ['return=representation', 201, null],
    ['return=representation, return=minimal', 201, null],
    ['return', 201, null],
    ['handling=strict, wait=5, odata.maxpagesize=1', 201, null],
    [',;=', 201, null],
    ['include-unknown-enum-members', 201, null],
  ])('with Prefer: %s', async (prefer, status, applied) => {
    const reply = await create({ prefer })
    expect([reply.status, reply.headers.get('preference-applied')]).toEqual([status, applied])
  })

  it.each([
    '*/*',
    'application/*',
    'application/json',
    'Application/JSON',
    '',
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false',
    'application/json; odata.metadata="minimal"',
    'text/html, application/xhtml+xml, */*;q=0.1',
    'text/html;q=1.0,application/json;q=0.001',
    'application/json;odata.metadata=strange, application/json',
  ])('with Accept: %s', async (accept) => {
    const reply = await create({ accept })
    expect([reply.status, reply.headers.get('content-type')?.includes('metadata=minimal')]).toEqual([201, true])
  })

  it('is one in the form that the client wrote its version, and stores the time of the clock', async () => {
    const { json, headers } = await ledger.call({ path: '/V1.0/ManagedTenantOperations', body })
    expect(headers.get('location')).toBe(`http://ledger.test/v1.0/managedTenantOperations/${json.id}`)
    expect(json.createdDateTime).toBe(`${NOW.toISOString().slice(0, -1)}0000Z`)
  })
})

describe('the hidden member of an enumeration', () => {
  const prefer = 'include-unknown-enum-members'
  const { path } = relationshipRequest

  it('is accepted and shown where the client asks for hidden members', async () => {
    const { status, headers, json } = await ledger.call({ path, body: { action: 'reject' }, headers: { prefer } })
    expect([status, headers.get('preference-applied'), json.action]).toEqual([201, prefer, 'reject'])
    const stored = await ledger.stored(relationshipRequest.container, String(json.id))
    expect(stored?.action).toBe('reject')
  })

  it('goes with the other preference', async () => {
    const headers = { prefer: `${prefer},return=minimal` }
    const reply = await ledger.call({ path, body: { action: 'reject' }, headers })
    expect([reply.status, reply.headers.get('preference-applied')]).toEqual([204, `return=minimal, ${prefer}`])
  })

  it('changes nothing else', async () => {
    const reply = await ledger.call({ path, body: { action: 'approve' }, headers: { prefer } })
    expect([reply.status, reply.headers.get('preference-applied')]).toEqual([201, prefer])
  })
})
