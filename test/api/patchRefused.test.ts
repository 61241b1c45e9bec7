import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { createIn, details } from './created'
import { appOperation, httpRequest, operation, result, type Sample } from './samples'

type Members = Readonly<Record<string, unknown>>

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

describe('a merge is refused', () => {
  const rows: [string, Sample, unknown, (number | string)[]][] = [
    [
      'that clears what is required',
      operation,
      { name: null, target: null },
      [400, 'required target', 'required name'],
    ],
    [
      'of the wrong type',
      operation,
      { name: 5, status: {}, target: [] },
      [400, 'invalidType target', 'invalidType status', 'invalidType name'],
    ],
    ['that is too long', operation, { name: '' }, [400, 'invalidLength name']],
    [
      'with an unknown member of a complex value',
      operation,
      { target: { all: true } },
      [400, 'unknownProperty target.all'],
    ],
    ['with null in a collection', result, { result: ['a', null] }, [400, 'invalidType result[1]']],
    [
      'with a reserved name',
      operation,
      { _x: 1, ttl: 5, 'x@y': 1 },
      [400, 'reservedName _x', 'reservedName ttl', 'reservedName x@y'],
    ],
    [
      'that moves a result to another operation',
      result,
      { managedTenantOperationId: 'other' },
      [400, 'propertyNotUpdateable managedTenantOperationId'],
    ],
    [
      'that moves a request to another operation',
      httpRequest,
      { managedTenantOperationId: 'other' },
      [400, 'propertyNotUpdateable managedTenantOperationId'],
    ],
    [
      'that takes the operation away',
      result,
      { managedTenantOperationId: null },
      [400, 'required managedTenantOperationId'],
    ],
    ['that names another tenant', operation, { partnerTenantId: OTHER_TENANT }, [403]],
    ['that names no tenant', operation, { partnerTenantId: null }, [400, 'required partnerTenantId']],
    ['with an unknown property of a closed type', appOperation, { extra: 1 }, [400, 'unknownProperty extra']],
    ['with another type', operation, { '@odata.type': '#microsoft.graph.user' }, [400, 'invalidValue @odata.type']],
    ['with a number that would not come back', operation, { extra: 2 ** 60 }, [400, 'invalidValue extra']],
    ['that is no object', operation, [], [400]],
    ['that is no JSON', operation, '{', [400]],
    ['that is empty', operation, '', [400]],
  ]

  it.each(rows)('%s, and nothing changes', async (_, sample, changes, expected) => {
    const { path, etag } = await create(sample)
    expect(details(await patch(path, changes))).toEqual(expected)
    expect((await ledger.call({ path })).headers.get('etag')).toBe(etag)
  })

  it('that makes the document too large, and one that just fits is taken', async () => {
    const { path, etag } = await create(operation, { a: 'a'.repeat(1_000_000) })
    const reply = await patch(path, { b: 'b'.repeat(1_000_000) })
    expect(reply.json).toMatchObject({ error: { code: 'contentTooLarge', innerError: { code: 'documentTooLarge' } } })
    expect((await ledger.call({ path })).headers.get('etag')).toBe(etag)
    expect((await patch(path, { b: 'b'.repeat(990_000) })).status).toBe(200)
    expect((await patch(path, { c: 'ä'.repeat(10_000) })).status).toBe(413)
    expect((await patch(path, { a: null, c: 'ä'.repeat(10_000) })).status).toBe(200)
  })

  it('first for its path, then for its body, then for what is not there', async () => {
    const unknown = `${operation.path}/00000000-0000-0000-0000-000000000000`
    expect(details(await patch(`${operation.path}/1`, { name: 5 }))).toEqual([404])
    expect(details(await patch(unknown, { name: 5, partnerTenantId: OTHER_TENANT }))).toEqual([400, 'invalidType name'])
    expect(details(await patch(unknown, { partnerTenantId: OTHER_TENANT }))).toEqual([403])
    expect(details(await patch(unknown, {}, { 'if-match': '"x"' }))).toEqual([404])
  })

  it('with a query option, or without a token', async () => {
    const { path } = await create(operation)
    expect((await patch(`${path}?$select=id`, {})).status).toBe(400)
    expect((await ledger.call({ path, method: 'PATCH', body: {}, token: null })).status).toBe(401)
    const token = { permissions: ['ManagedTenants.Read.All'] }
    expect((await ledger.call({ path, method: 'PATCH', body: {}, token })).status).toBe(403)
    expect((await ledger.call({ path, method: 'DELETE', token })).status).toBe(403)
    expect((await ledger.call({ path, token })).status).toBe(200)
  })
})
