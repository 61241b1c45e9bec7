import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, type Ledger, NOW, OTHER_TENANT, startLedger } from '../harness'
import { partsOf, send, statuses, verdicts, write } from './batches'
import { operation, relationshipRequest, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const path = '/managedTenantOperations'
const create = async (): Promise<{ id: string; etag: string }> => {
  const { json, headers } = await ledger.call({ path: operation.path, body: operation.body })
  return { id: String(json.id), etag: headers.get('etag') ?? '' }
}

const VARYING = new Set(['request-id', 'client-request-id', 'etag', 'location', 'odata-entityid'])
const stable = (headers: Iterable<[string, string]>) =>
  Object.fromEntries(
    [...headers].map(([name, value]) => [name.toLowerCase(), VARYING.has(name.toLowerCase()) || value]),
  )
const masked = (text: unknown): unknown =>
  JSON.parse(JSON.stringify(text ?? null).replace(/W\/\\"[^"]+\\"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '*'))

test('each request is answered as it would be alone, headers and all', async () => {
  const { id, etag } = await create()
  const requests = [
    ...samples.map((sample, index) => write(`${index}`, 'POST', sample.path, sample.body)),
    write('minimal', 'POST', operation.path, operation.body, {
      headers: { 'Content-Type': 'application/json', Prefer: 'return=minimal' },
    }),
    { id: 'get', method: 'GET', url: `${operation.path}/${id}?$select=id` },
    { id: 'known', method: 'GET', url: `${operation.path}/${id}`, headers: { 'If-None-Match': etag } },
    { id: 'none', method: 'get', url: `${operation.path}/${OTHER_TENANT}` },
    { id: 'no path', method: 'GET', url: '/beta/nothing' },
    { id: 'no method', method: 'PUT', url: `${operation.path}/${id}` },
    { id: 'option', method: 'GET', url: `${operation.path}?$expand=x` },
    {
      id: 'page',
      method: 'GET',
      url: `${relationshipRequest.elsewhere}?$top=1`,
      headers: { accept: 'application/json;odata.metadata=none' },
    },
    write('wrong', 'POST', operation.path, { name: 1, target: [] }),
    write(
      'stale',
      'PATCH',
      `${operation.path}/${id}`,
      { name: 'b' },
      {
        headers: { 'Content-Type': 'application/json', 'If-Match': 'W/"x"' },
      },
    ),
    { id: 'head', method: 'HEAD', url: `${operation.path}/${id}` },
  ]
  const reply = await send(ledger, requests)
  expect([reply.status, reply.headers.get('content-type'), reply.headers.get('odata-version')]).toEqual([
    ...[200, 'application/json', '4.0'],
  ])
  const parts = partsOf(reply)
  expect(parts.map((part) => part.id)).toEqual(requests.map((request) => request.id))
  for (const [index, part] of parts.entries()) {
    const { method, url, headers = {}, body } = requests[index] as (typeof requests)[number] & Partial<Call> // there is one
    const sent = Object.fromEntries(new Headers(headers as Record<string, string>))
    const alone = await ledger.call({ method: method.toUpperCase(), path: url, headers: sent, body })
    const found = alone.function === 'unmatched' ? { ...alone, function: 'unmatched' } : alone
    expect([part.id, part.status]).toEqual([part.id, found.status])
    expect(stable(Object.entries(part.headers))).toEqual(stable(found.headers))
    expect(masked(part.body)).toEqual(masked(found.text === '' ? undefined : found.json))
    expect('body' in part).toBe(found.text !== '')
  }
})

test.each([
  'managedTenantOperations',
  '/managedTenantOperations',
  '/beta/managedTenantOperations',
  'beta/managedTenantOperations',
  '/BETA/ManagedTenantOperations',
  'http://ledger.test/beta/managedTenantOperations',
  'HTTP://LEDGER.TEST:80/beta/managedTenantOperations',
])('a request may be addressed as %s', async (url) => {
  const [part] = partsOf(await send(ledger, [write('1', 'POST', url, operation.body)]))
  expect(part?.headers.Location).toMatch(/^http:\/\/ledger\.test\/beta\/managedTenantOperations\/[0-9a-f-]{36}$/)
})

test('a URL keeps its version, and the public origin is one of this service', async () => {
  const services = ledger.with({ PUBLIC_BASE_URL: 'https://ledger.contoso.com' }, () => NOW)
  const urls = ['https://ledger.contoso.com/v1.0/managedTenantOperations', '/v1.0/managedTenantOperations', path]
  const reply = await send(
    ledger,
    urls.map((url, index) => write(`${index}`, 'POST', url, operation.body)),
    { services },
  )
  const versions = partsOf(reply).map(({ headers }) => headers.Location?.replace(/\/[^/]*$/, ''))
  expect(versions).toEqual(['v1.0', 'v1.0', 'beta'].map((v) => `https://ledger.contoso.com/${v}${path}`))
})

test('a count is a string, and a filter needs no encoding', async () => {
  const url = `${path}/$count?$filter=name eq 'no such name'`
  const [part] = partsOf(await send(ledger, [{ id: '1', method: 'GET', url }]))
  expect(part).toMatchObject({ status: 200, body: '0', headers: { 'Content-Type': 'text/plain;charset=utf-8' } })
})

test('a number that would not come back as it was sent is refused as it is alone', async () => {
  const text = JSON.stringify({ requests: [write('1', 'POST', path, { ...operation.body, big: 'BIG' })] })
  const reply = await send(ledger, [], { body: text.replace('"BIG"', '1e999') })
  expect(verdicts(reply)).toEqual([[400, 'badRequest', 'invalidPayload', 'big']])
})

test('repeatability holds for a request within a batch', async () => {
  const headers = {
    'Content-Type': 'application/json',
    'Repeatability-Request-ID': 'd28a0b32-fd2d-49a8-bcc4-b746c8ec1bc8',
    'Repeatability-First-Sent': NOW.toUTCString(),
  }
  const post = (id: string, body: object) => write(id, 'POST', path, body, { headers })
  const other = { ...operation.body, name: 'another' }
  const reply = await send(ledger, [
    post('1', operation.body),
    { ...post('2', operation.body), dependsOn: ['1'] },
    { ...post('3', other), dependsOn: ['2'] },
  ])
  const [first, second, third] = partsOf(reply)
  expect(statuses(reply)).toEqual([201, 201, 412])
  expect(second?.headers.Location).toBe(first?.headers.Location)
  expect(third?.headers['Repeatability-Result']).toBe('rejected')
})

test('two changes of one entity in one batch are two changes', async () => {
  const { id } = await create()
  const change = (index: number) => write(`${index}`, 'PATCH', `${path}/${id}`, { [`change${index}`]: index })
  expect(statuses(await send(ledger, [1, 2, 3, 4, 5].map(change)))).toEqual([200, 200, 200, 200, 200])
  const { json } = await ledger.call({ path: `${operation.path}/${id}` })
  expect(json).toMatchObject({ change1: 1, change2: 2, change3: 3, change4: 4, change5: 5 })
})

test('permission and tenant are judged for each request', async () => {
  const requests = [
    { id: 'mine', method: 'GET', url: path },
    write('not mine', 'POST', path, operation.body),
    { id: 'other permission', method: 'GET', url: relationshipRequest.path },
  ]
  const reply = await send(ledger, requests, { token: { tenant: OTHER_TENANT } })
  expect(verdicts(reply).slice(0, 2)).toEqual([[200], [403, 'forbidden', 'tenantMismatch', 'partnerTenantId']])
  const limited = await send(ledger, requests, { token: { permissions: ['ManagedTenants.Read.All'] } })
  expect(verdicts(limited)).toEqual([
    [200],
    [403, 'forbidden', 'missingPermission', 'Authorization'],
    [403, 'forbidden', 'missingPermission', 'Authorization'],
  ])
})

test('there is a line in the log for each request, with the id of the batch, and one for the batch', async () => {
  const reply = await send(ledger, [
    { id: '1', method: 'GET', url: path },
    { id: '2', method: 'GET', url: '/nothing' },
  ])
  const id = reply.headers.get('request-id')
  const lines = reply.logged.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.map((line) => [line.function, line.status, line.batchRequestId]).sort()).toEqual([
    ['batch', 200, undefined],
    ['managedTenantOperationsList', 200, id],
    ['unmatched', 404, id],
  ])
  expect(lines.at(-1)).toMatchObject({ function: 'batch', requestId: id })
  expect(new Set(lines.map((line) => line.requestId)).size).toBe(3)
  expect(partsOf(reply).map(({ headers }) => headers['request-id'])).toEqual(
    expect.arrayContaining(lines.slice(0, 2).map((line) => line.requestId)),
  )
})

test('a batch may be gzip', async () => {
  const body = gzipSync(JSON.stringify({ requests: [{ id: '1', method: 'GET', url: path }] }))
  expect(statuses(await send(ledger, [], { body, headers: { 'content-encoding': 'gzip' } }))).toEqual([200])
})
