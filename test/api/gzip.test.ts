import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { verdict } from './replies'
import { operation } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const encoded = { 'content-encoding': 'gzip' }
const post = (body: Uint8Array, headers: Readonly<Record<string, string>> = encoded) =>
  ledger.call({ path: operation.path, body, headers })
const gzip = (value: unknown): Buffer => gzipSync(JSON.stringify(value))

test.each(['gzip', 'GZIP', ' x-gzip '])('a body whose Content-Encoding is %j is inflated', async (encoding) => {
  const body = { ...operation.body, description: 'gezippt' }
  const { status, json } = await post(gzip(body), { 'content-encoding': encoding })
  expect([status, json.description]).toEqual([201, 'gezippt'])
})

test('of several members of gzip all are read', async () => {
  const text = JSON.stringify(operation.body)
  const body = Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(text.slice(40))])
  expect((await post(body)).status).toBe(201)
})

test('a body may have as many bytes decoded as it may have otherwise, and no more', async () => {
  const padded = (bytes: number) => {
    const body = { ...operation.body, description: '' }
    return { ...body, description: 'x'.repeat(bytes - JSON.stringify(body).length) }
  }
  expect((await post(gzip(padded(1_900_000)))).status).toBe(201)
  expect(verdict(await post(gzip(padded(1_900_001))))).toEqual([
    ...[413, 'contentTooLarge', 'payloadTooLarge', 'Content-Length'],
  ])
})

test('a bomb is inflated no further than what is allowed', async () => {
  const bomb = gzipSync(Buffer.alloc(500_000_000))
  const before = process.memoryUsage().arrayBuffers
  expect(verdict(await post(bomb))).toEqual([413, 'contentTooLarge', 'payloadTooLarge', 'Content-Length'])
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
})

const damaged = ['badRequest', 'invalidEncoding', 'Content-Encoding']
const whole = gzip(operation.body)

test.each([
  ['cut off', whole.subarray(0, -9), 'it ends too early'],
  ['cut off in the header', whole.subarray(0, 5), 'it ends too early'],
  ['no gzip', Buffer.from(JSON.stringify(operation.body)), 'it is damaged'],
  ['damaged', Buffer.concat([whole.subarray(0, 40), Buffer.from('damaged'), whole.subarray(47)]), 'it is damaged'],
  ['deflate', Buffer.from('789c4b04000062006200', 'hex'), 'it is damaged'],
])('gzip that is %s is refused', async (_, body, reason) => {
  const reply = await post(body)
  expect(verdict(reply)).toEqual([400, ...damaged])
  expect(reply.json).toMatchObject({ error: { message: `The request body is not valid gzip: ${reason}.` } })
})

test('gzip of nothing is an empty body, and gzip of no JSON is no JSON', async () => {
  expect(verdict(await post(gzipSync('')))).toEqual([400, 'badRequest', 'emptyPayload'])
  expect(verdict(await post(Buffer.alloc(0)))).toEqual([400, 'badRequest', 'emptyPayload'])
  expect(verdict(await post(gzipSync('{')))).toEqual([400, 'badRequest', 'invalidJson'])
})
