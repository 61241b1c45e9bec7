import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, type Ledger, startLedger } from '../harness'
import { details, verdict } from './replies'
import { httpRequest, operation, relationshipRequest, result, type Sample } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const { path, body } = operation
const post = (call: Partial<Call>) => ledger.call({ method: 'POST', path, body, ...call })

const bad = (inner: string, ...target: string[]) => [400, 'badRequest', inner, ...target]
const text = JSON.stringify(body)
const having = (members: string) => text.replace('{', `{${members},`)

describe('large inputs', () => {
  const many = (length: number, value: string) =>
    Array.from({ length }, (_, index) => `"p${index.toString(36)}":${value}`).join(',')

  it('of unknown names get a bounded answer', async () => {
    const given = `{"action":"approve",${many(100_000, '1')}}`
    const reply = await post({ path: relationshipRequest.path, body: given })
    expect([...verdict(reply), details(reply).length]).toEqual([...bad('invalidPayload', 'p0'), 100])
    expect(reply.text.length).toBeLessThan(30_000)
  })

  it('of reserved names get a bounded answer', async () => {
    const reply = await post({ body: having(many(30_000, '{"__proto__":1e999,"constructor":1}')) })
    expect([...verdict(reply), details(reply).length]).toEqual([...bad('invalidPayload', 'p0.__proto__'), 100])
    expect(reply.text.length).toBeLessThan(30_000)
  })

  it('that is open is stored', async () => {
    const { status, json } = await post({ body: having(many(50_000, '1')) })
    expect([status, json.p0, Object.keys(json).length > 50_000]).toEqual([201, 1, true])
  })

  it('in a name is quoted in part', async () => {
    const name = '\ud83d\ude00'.repeat(200_000)
    const reply = await post({ path: relationshipRequest.path, body: { action: 'approve', [name]: 1 } })
    expect([reply.status, reply.text.length < 2000]).toEqual([400, true])
    const open = await post({ body: { ...body, [name]: 'long' } })
    expect([verdict(open)[2], open.text.length < 2000]).toEqual(['invalidPayload', true])
    const deep = await post({ body: { ...body, deep: { [name]: 'long' } } })
    expect([deep.status, deep.json.deep]).toEqual([201, { [name]: 'long' }])
  })

  it.each([
    [operation, { name: 'n'.repeat(256) }, 201],
    [operation, { name: 'n'.repeat(257) }, 400],
    [result, { managedTenantOperationId: '\ud83d\ude00'.repeat(256) }, 201],
    [result, { managedTenantOperationId: '\ud83d\ude00'.repeat(257) }, 400],
  ] as [Sample, object, number][])('is %#', async (sample, change, status) => {
    expect((await post({ path: sample.path, body: { ...sample.body, ...change } })).status).toBe(status)
  })

  it('is at most 1,900,000 bytes', async () => {
    const full = (size: number) => having(`"x":"${'x'.repeat(size - text.length - 7)}"`)
    expect((await post({ body: full(1_900_000) })).status).toBe(201)
    expect(verdict(await post({ body: full(1_900_001) }))[2]).toBe('payloadTooLarge')
    expect(verdict(await post({ body: 'é'.repeat(1_000_000) }))[2]).toBe('payloadTooLarge')
  })

  it('that is only too large once completed is refused too', async () => {
    const before = await ledger.count(httpRequest.container)
    const header = { name: 'cookie', value: '' }
    const headers = Array.from({ length: 10_000 }, () => header)
    const given = { ...httpRequest.body, request: { headers }, response: { headers }, more: 'x'.repeat(1_250_000) }
    expect(JSON.stringify(given).length).toBeLessThan(1_900_000)
    const reply = await post({ path: httpRequest.path, body: given })
    expect(verdict(reply)).toEqual([413, 'contentTooLarge', 'documentTooLarge'])
    // The store was not asked: a real one would charge for it.
    expect(reply.log.storeRequests).toBe(0)
    expect(await ledger.count(httpRequest.container)).toBe(before)
  })
})
