import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, type Ledger, startLedger } from '../harness'
import { send, statuses, verdicts, write } from './batches'
import { details, verdict } from './replies'
import { operation } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const url = '/managedTenantOperations'
const get = { id: '1', method: 'GET', url }
const post = write('1', 'POST', url, operation.body)
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...get, id: `${index}` }))

const malformed: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['no requests', undefined, ['required requests']],
  ['requests that are null', null, ['invalidType requests']],
  ['requests that are an object', {}, ['invalidType requests']],
  ['an empty array', [], ['invalidLength requests']],
  ['21 requests', many(21), ['invalidLength requests']],
  [
    'what is no object',
    [1, null, [], get],
    ['invalidType requests[0]', 'invalidType requests[1]', 'invalidType requests[2]'],
  ],
  ['an empty object', [{}], ['required requests[0].id', 'required requests[0].method', 'required requests[0].url']],
  ['an id that is empty', [{ ...get, id: '' }], ['invalidLength requests[0].id']],
  ['an id that is a number', [{ ...get, id: 1 }], ['invalidType requests[0].id']],
  [
    'an id twice, in another case',
    [
      { ...get, id: 'a' },
      { ...get, id: 'A' },
    ],
    ['invalidValue requests[1].id'],
  ],
  ['an unknown method', [{ ...get, method: 'FETCH' }], ['invalidValue requests[0].method']],
  ['a method that is no string', [{ ...get, method: {} }], ['invalidType requests[0].method']],
  ['an empty URL', [{ ...get, url: '' }], ['invalidLength requests[0].url']],
  ['another service', [{ ...get, url: 'https://graph.microsoft.com/beta/users' }], ['invalidValue requests[0].url']],
  ['another scheme', [{ ...get, url: 'https://ledger.test/beta/x' }], ['invalidValue requests[0].url']],
  ['no hierarchical URL', [{ ...get, url: 'mailto:a@b' }], ['invalidValue requests[0].url']],
  ['this service without a version', [{ ...get, url: 'http://ledger.test/health' }], ['invalidValue requests[0].url']],
  ['a path that leads out', [{ ...get, url: '../health' }], ['invalidValue requests[0].url']],
  ['an invalid URL', [{ ...get, url: 'http://' }], ['invalidValue requests[0].url']],
  ['headers that are an array', [{ ...get, headers: [] }], ['invalidType requests[0].headers']],
  ['a header that is a number', [{ ...get, headers: { a: 1 } }], ['invalidType requests[0].headers.a']],
  ['a header with a line feed', [{ ...get, headers: { a: 'b\nc' } }], ['invalidValue requests[0].headers.a']],
  ['a header beyond Latin-1', [{ ...get, headers: { a: '→' } }], ['invalidValue requests[0].headers.a']],
  ['the name of no header', [{ ...get, headers: { 'a b': 'c' } }], ['invalidValue requests[0].headers.a b']],
  ['a body without a Content-Type', [{ ...post, headers: {} }], ['required requests[0].headers']],
  ['a body that is text', [{ ...post, headers: { 'content-type': 'text/plain' } }], ['required requests[0].headers']],
  ['GET with a body', [{ ...post, method: 'GET' }], ['invalidValue requests[0].body']],
  ['DELETE with a body', [{ ...post, method: 'delete' }], ['invalidValue requests[0].body']],
  ['dependsOn that is a string', [get, { ...get, id: '2', dependsOn: '1' }], ['invalidType requests[1].dependsOn']],
  ['dependsOn of a number', [get, { ...get, id: '2', dependsOn: [1] }], ['invalidType requests[1].dependsOn[0]']],
  ['dependsOn of itself', [{ ...get, dependsOn: ['1'] }], ['invalidValue requests[0].dependsOn[0]']],
  [
    'dependsOn of what comes later, and of what is not there',
    [
      { ...get, dependsOn: ['2', '3'] },
      { ...get, id: '2' },
    ],
    ['invalidValue requests[0].dependsOn[0]', 'invalidValue requests[0].dependsOn[1]'],
  ],
  [
    'problems of several requests',
    [{ ...get, method: 'x', url: 'ftp://x' }, get, { ...get, headers: { a: 1 } }],
    [
      'invalidValue requests[0].method',
      'invalidValue requests[0].url',
      'invalidValue requests[1].id',
      'invalidValue requests[2].id',
      'invalidType requests[2].headers.a',
    ],
  ],
]

test.each(malformed)('a batch with %s is refused with each problem', async (_, requests, problems) => {
  const before = await ledger.count(operation.container)
  const isFull = !Array.isArray(requests) || requests.length === 0 || requests.length > 20
  const reply = await send(ledger, isFull ? requests : [...requests, { ...post, id: 'fine' }])
  expect(verdict(reply).slice(0, 3)).toEqual([400, 'badRequest', 'invalidPayload'])
  expect(details(reply)).toEqual(problems)
  expect(await ledger.count(operation.container)).toBe(before)
})

test.each<readonly [string, Partial<Call>, unknown[]]>([
  ['no object', { body: '[]' }, [400, 'badRequest', 'invalidPayload']],
  ['no JSON', { body: '{"requests":[' }, [400, 'badRequest', 'invalidJson']],
  ['nothing', { body: '' }, [400, 'badRequest', 'emptyPayload']],
  [
    'text',
    { headers: { 'content-type': 'text/plain' } },
    [415, 'unsupportedMediaType', 'unsupportedContentType', 'Content-Type'],
  ],
  [
    'multipart',
    { headers: { 'content-type': 'multipart/mixed;boundary=b' } },
    [415, 'unsupportedMediaType', 'unsupportedContentType', 'Content-Type'],
  ],
  ['no token', { token: null }, [401, 'unauthorized', 'missingToken', 'Authorization']],
  ['an unknown version', { path: '/v2.0/$batch' }, [404, 'notFound', 'unknownPath']],
  ['GET', { method: 'GET', body: undefined }, [405, 'methodNotAllowed', 'unsupportedMethod']],
  ['a query option', { path: '/beta/$batch?$top=1' }, [400, 'badRequest', 'invalidQueryOption', '$top']],
  ['no JSON accepted', { headers: { accept: 'text/html' } }, [406, 'notAcceptable', 'unacceptableMediaType', 'Accept']],
  [
    'an OData version below 4.0',
    { headers: { 'odata-maxversion': '3.0' } },
    [400, 'badRequest', 'invalidHeader', 'OData-MaxVersion'],
  ],
  [
    'Repeatability-Request-ID',
    { headers: { 'repeatability-request-id': 'x' } },
    [400, 'badRequest', 'invalidHeader', 'Repeatability-Request-ID'],
  ],
  [
    'Repeatability-First-Sent',
    { headers: { 'repeatability-first-sent': 'x' } },
    [400, 'badRequest', 'invalidHeader', 'Repeatability-First-Sent'],
  ],
  [
    'more than 4,000,000 bytes',
    { body: JSON.stringify({ requests: [write('1', 'POST', url, 'x'.repeat(4_000_000))] }) },
    [413, 'contentTooLarge', 'payloadTooLarge', 'Content-Length'],
  ],
])('a batch with %s is refused', async (_, call, expected) => {
  expect(verdict(await send(ledger, [get], call))).toEqual(expected)
})

test('requests that are to be carried out together, or on a condition, are not implemented', async () => {
  const grouped = [get, { ...post, id: '2', atomicityGroup: 'g' }]
  expect(verdict(await send(ledger, grouped))).toEqual([
    ...[501, 'notImplemented', 'unsupportedOperation', 'requests[1].atomicityGroup'],
  ])
  expect(verdict(await send(ledger, [{ ...get, if: 'x' }]))).toEqual([
    ...[501, 'notImplemented', 'unsupportedOperation', 'requests[0].if'],
  ])
  expect(
    statuses(await send(ledger, [{ ...get, atomicityGroup: null, dependsOn: null, headers: null, body: null }])),
  ).toEqual([200])
})

test('what cannot be part of a batch is refused alone', async () => {
  const reply = await send(ledger, [
    write('batch', 'POST', '/$batch', { requests: [] }),
    { ...get, id: 'token', headers: { authorization: `Bearer ${ledger.token()}` } },
    { ...get, id: 'fine' },
    { ...post, id: 'no body', body: undefined },
    write('gzip', 'POST', url, operation.body, {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    }),
    { ...get, id: 'empty segment', url: `/${url}` },
  ])
  expect(verdicts(reply)).toEqual([
    [400, 'badRequest', 'notBatchable'],
    [400, 'badRequest', 'invalidHeader', 'Authorization'],
    [200],
    [400, 'badRequest', 'emptyPayload'],
    [415, 'unsupportedMediaType', 'unsupportedContentEncoding', 'Content-Encoding'],
    [404, 'notFound', 'unknownPath'],
  ])
})

test('a body within a batch may be as large as alone', async () => {
  const large = (id: string, bytes: number) => {
    const empty = JSON.stringify({ ...operation.body, description: '' }).length
    return write(id, 'POST', url, { ...operation.body, description: 'x'.repeat(bytes - empty) })
  }
  const reply = await send(ledger, [large('1', 1_900_000), large('2', 1_900_001)])
  expect(verdicts(reply)).toEqual([[201], [413, 'contentTooLarge', 'payloadTooLarge', 'Content-Length']])
})
