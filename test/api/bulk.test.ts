import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { copies, entitiesOf, outcomes, sendBulk } from './bulks'
import { verdict } from './replies'
import { appOperation, httpRequest, operation, relationshipRequest, result, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

test.each(samples)('a bulk of $name stores what POST would store, and answers it so', async (sample) => {
  const alone = await ledger.call({ path: sample.path, body: sample.body })
  const reply = await sendBulk(ledger, sample, [sample.body, { ...sample.body, '@Core.ContentID': 'mine' }])
  expect(reply.status).toBe(200)
  expect([...reply.headers]).toEqual(
    expect.arrayContaining([
      ['content-type', alone.headers.get('content-type')],
      ['odata-version', '4.0'],
      ['preference-applied', 'continue-on-error=true'],
    ]),
  )
  expect(reply.json['@odata.count']).toBe(2)
  const [first, second] = entitiesOf(reply)
  expect([first?.['@Core.ContentID'], second?.['@Core.ContentID']]).toEqual(['0', 'mine'])
  const { '@odata.context': _context, ...expected } = alone.json
  const varying = { id: first?.id, '@odata.etag': first?.['@odata.etag'] }
  expect(first).toEqual({ ...expected, ...varying, '@Core.ContentID': '0' })
  expect(Object.keys(first ?? {})).toEqual(['@Core.ContentID', ...Object.keys(expected)])
  const item = await ledger.call({ path: `${sample.path}/${String(second?.id)}` })
  expect(item.json['@odata.etag']).toBe(second?.['@odata.etag'])
  const [one, other] = await Promise.all(
    [alone.json.id, second?.id].map((id) => ledger.stored(sample.container, String(id))),
  )
  expect(Object.keys(other ?? {}).sort()).toEqual(Object.keys(one ?? {}).sort())
})

test('the context is that of the collection, as a delta', async () => {
  expect((await sendBulk(ledger, operation, [operation.body])).json['@odata.context']).toBe(
    'http://ledger.test/beta/$metadata#managedTenantOperations/$delta',
  )
  expect((await sendBulk(ledger, appOperation, [appOperation.body])).json['@odata.context']).toBe(
    "http://ledger.test/v1.0/$metadata#users('o''neil')/managedAppRegistrations('T_1')/operations/$delta",
  )
  const none = await sendBulk(ledger, operation, [operation.body], {
    headers: { accept: 'application/json;odata.metadata=none' },
  })
  expect(Object.keys(none.json)).toEqual(['@odata.count', 'value'])
  expect(Object.keys(entitiesOf(none)[0] ?? {})).not.toContain('@odata.etag')
})

test('one entity that is wrong costs no other', async () => {
  const { body } = result
  const reply = await sendBulk(ledger, result, [
    body,
    1,
    null,
    [],
    { ...body, isSuccess: 'yes' },
    { ...body, '@Core.ContentID': 'tenant', partnerTenantId: OTHER_TENANT },
    { ...body, '@Core.ContentID': 'id', id: TENANT },
    { ...body, '@Core.ContentID': 'Id', Id: TENANT },
    { ...body, '@Core.ContentID': 'removed', '@removed': { reason: 'changed' } },
    { ...body, '@Core.ContentID': 'odata.removed', '@odata.removed': {} },
    { ...body, '@Core.ContentID': 'ttl', ttl: 1 },
    { ...body, '@Core.ContentID': 'null', id: null },
    { ...body, '@Core.ContentID': 1 },
    {},
    body,
  ])
  expect(outcomes(reply)).toEqual([
    ['0'],
    ['1', 400, 'invalidPayload'],
    ['2', 400, 'invalidPayload'],
    ['3', 400, 'invalidPayload'],
    ['4', 400, 'invalidPayload', 'isSuccess'],
    ['tenant', 403, 'tenantMismatch', 'partnerTenantId'],
    ['id', 501, 'unsupportedOperation', 'id'],
    ['Id', 501, 'unsupportedOperation', 'Id'],
    ['removed', 501, 'unsupportedOperation', '@removed'],
    ['odata.removed', 501, 'unsupportedOperation', '@odata.removed'],
    ['ttl', 400, 'invalidPayload', 'ttl'],
    ['null'],
    ['12', 400, 'invalidPayload', '@Core.ContentID'],
    ['13', 400, 'invalidPayload', 'partnerTenantId'],
    ['14'],
  ])
  expect(reply.json['@odata.count']).toBe(3)
})

test('a failure is that of the POST, inside of what OData makes of it', async () => {
  const body = { ...operation.body, name: 1, target: { tenantIds: ['x'] } }
  const alone = await ledger.call({ path: operation.path, body })
  const reply = await sendBulk(ledger, operation, [body])
  const info = JSON.parse(
    JSON.stringify(alone.json.error).replaceAll(String(alone.log.requestId), String(reply.log.requestId)),
  )
  expect(entitiesOf(reply)).toEqual([
    {
      '@removed': { reason: 'deleted' },
      '@Core.ContentID': '0',
      '@Core.DataModificationException': { failedOperation: 'insert', responseCode: 400, info },
    },
  ])
  expect(reply.json['@odata.count']).toBe(0)
})

test('hidden members and secrets are treated as by POST', async () => {
  const hidden = { action: 'reject' }
  expect(outcomes(await sendBulk(ledger, relationshipRequest, [hidden, { action: 'approve' }]))).toEqual([
    ['0', 400, 'invalidPayload', 'action'],
    ['1'],
  ])
  const prefer = 'continue-on-error, include-unknown-enum-members'
  const shown = await sendBulk(ledger, relationshipRequest, [hidden], { headers: { prefer } })
  expect(entitiesOf(shown)[0]?.action).toBe('reject')
  expect(shown.headers.get('preference-applied')).toBe('include-unknown-enum-members, continue-on-error=true')

  const headers = [{ name: 'Authorization', value: 'Bearer top-secret' }]
  const body = { ...httpRequest.body, request: { url: 'https://x.test/?sig=top-secret', headers } }
  const reply = await sendBulk(ledger, httpRequest, [body])
  const stored = await ledger.stored(httpRequest.container, String(entitiesOf(reply)[0]?.id))
  expect(JSON.stringify(stored)).toContain('[redacted]')
  expect(JSON.stringify([stored, reply.json, reply.logged])).not.toContain('top-secret')
})

test('a thousand entities are stored in ten requests to the store, and a client may ask for no more than their number', async () => {
  const tenant = '3d0f6c1e-5b7a-4e29-8c40-9a1b2c3d4e5f'
  const value = copies(result, 1000).map((entity) => ({ ...entity, partnerTenantId: tenant }))
  const reply = await sendBulk(ledger, result, value, {
    headers: { prefer: 'return=minimal, continue-on-error=true' },
    token: { tenant },
  })
  expect(reply.json).toEqual({
    '@odata.context': 'http://ledger.test/beta/$metadata#managedTenantOperationResults/$delta',
    '@odata.count': 1000,
    value: [],
  })
  expect(reply.headers.get('preference-applied')).toBe('return=minimal, continue-on-error=true')
  expect(reply.log).toMatchObject({ storeRequests: 10, storeCharge: 1000, status: 200 })
  expect((await ledger.call({ path: `${result.path}/$count`, token: { tenant } })).text).toBe('1000')
})

test('with return=minimal a failure is still told', async () => {
  const headers = { prefer: 'continue-on-error,return=minimal' }
  const reply = await sendBulk(ledger, operation, [operation.body, {}, { ...operation.body, '@Core.ContentID': 'c' }], {
    headers,
  })
  expect(outcomes(reply)).toEqual([['1', 400, 'invalidPayload', 'target']])
  expect(reply.json['@odata.count']).toBe(2)
})

test('a bulk may be gzip, with the bound of a plain one for what is decoded', async () => {
  const entity = { ...result.body, executionInfo: 'x'.repeat(75_000) }
  const body = gzipSync(JSON.stringify({ value: Array.from({ length: 100 }, () => entity) }))
  const reply = await sendBulk(ledger, result, [], {
    body,
    headers: { 'content-encoding': 'gzip', prefer: 'continue-on-error, return=minimal' },
  })
  expect(reply.json).toMatchObject({ '@odata.count': 100, value: [] })
  const tooLarge = gzipSync(JSON.stringify({ value: Array.from({ length: 107 }, () => entity) }))
  const refused = await sendBulk(ledger, result, [], { body: tooLarge, headers: { 'content-encoding': 'gzip' } })
  expect(verdict(refused)).toEqual([413, 'contentTooLarge', 'payloadTooLarge', 'Content-Length'])
})

test('an entity may be as large as a document, and no larger', async () => {
  const entity = (bytes: number) => ({ ...result.body, executionInfo: 'x'.repeat(bytes) })
  const reply = await sendBulk(ledger, result, [entity(1_990_000), entity(2_000_000), entity(10)], {
    headers: { prefer: 'continue-on-error, return=minimal' },
  })
  expect(outcomes(reply)).toEqual([['1', 413, 'documentTooLarge']])
  expect(reply.json['@odata.count']).toBe(2)
})

test('a bulk cannot be part of a batch', async () => {
  const requests = [
    {
      id: '1',
      method: 'PATCH',
      url: '/managedTenantOperations',
      headers: { 'content-type': 'application/json', prefer: 'continue-on-error' },
      body: { value: [operation.body] },
    },
  ]
  const { json } = await ledger.call({ path: '/beta/$batch', body: { requests } })
  expect(json).toMatchObject({ responses: [{ id: '1', status: 501, body: { error: { code: 'notImplemented' } } }] })
})
