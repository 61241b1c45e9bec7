import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, type Ledger, NOW, OTHER_TENANT, startLedger } from '../harness'
import { GUID, verdict } from './replies'
import {
  appOperation,
  changeable,
  httpRequest,
  operation,
  relationshipRequest,
  result,
  type Sample,
  samples,
} from './samples'

const ID = 'Repeatability-Request-ID'
const SENT = 'Repeatability-First-Sent'
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let ledger: Ledger
let later: Ledger['services']
beforeAll(async () => {
  ledger = await startLedger()
  later = ledger.with({}, () => new Date(NOW.getTime() + MINUTE))
})
afterAll(() => ledger.close())

const repeatable = (id = randomUUID(), sent = NOW) => ({ [ID]: id, [SENT]: sent.toUTCString() })

const post = (sample: Sample, headers: Record<string, string>, call: Partial<Call> = {}) =>
  ledger.call({ path: sample.path, body: sample.body, ...call, headers: { ...headers, ...call.headers } })

const every = samples.map((sample) => [sample.name, sample] as const)
const REJECTED = [412, 'preconditionFailed', 'repeatabilityRejected']
const outcome = 'repeatability-result'

describe.each(every)('the same create of %s', (_, sample) => {
  it('is answered alike and stored once', async () => {
    const headers = repeatable()
    const before = await ledger.count(sample.container)
    const [first, again] = [await post(sample, headers), await post(sample, headers, { services: later })]
    expect(first.json.id).toMatch(GUID)
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
    for (const name of [outcome, 'location', 'etag', 'content-type'])
      expect(again.headers.get(name)).toBe(first.headers.get(name))
    expect(first.headers.get(outcome)).toBe('accepted')
    expect(again.headers.get('request-id')).not.toBe(first.headers.get('request-id'))
    expect(await ledger.count(sample.container)).toBe(before + 1)
  })

  it('is answered without a body where none is wanted', async () => {
    const headers = { ...repeatable(), prefer: 'return=minimal' }
    const [first, again] = [await post(sample, headers), await post(sample, headers)]
    for (const { status, headers } of [first, again]) expect([status, headers.get(outcome)]).toEqual([204, 'accepted'])
    expect(again.headers.get('odata-entityid')).toBe(first.headers.get('location'))
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
  })

  it('twenty times at once is one document', async () => {
    const headers = repeatable()
    const before = await ledger.count(sample.container)
    const elsewhere = ledger.with({})
    const calls = Array.from({ length: 20 }, (_, at) =>
      post(sample, headers, at % 2 === 0 ? {} : { services: elsewhere }),
    )
    const replies = await Promise.all(calls)
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(replies[0]?.status).toBe(201)
    expect(await ledger.count(sample.container)).toBe(before + 1)
  })

  it('with another body is refused', async () => {
    const headers = repeatable()
    const { json } = await post(sample, headers)
    const before = await ledger.count(sample.container)
    const [name = ''] = Object.keys(sample.body).slice(-1)
    const changes = { operationDefinition: {}, isSuccess: false, request: {}, action: 'terminate', version: '2' }
    const body = { ...sample.body, [name]: Object.entries(changes).find(([key]) => key === name)?.[1] }
    const reply = await post(sample, headers, { body })
    expect(verdict(reply)).toEqual([...REJECTED, ID])
    expect(reply.headers.get(outcome)).toBe('rejected')
    expect(await ledger.count(sample.container)).toBe(before)
    expect((await ledger.call({ path: `${sample.path}/${json.id}` })).json).toMatchObject(sample.body)
  })

  it('without the headers is another', async () => {
    const [first, again] = [await post(sample, {}), await post(sample, {})]
    expect(first.json.id).not.toBe(again.json.id)
    expect(first.headers.get(outcome)).toBeNull()
    const stored = await ledger.stored(sample.container, String(first.json.id))
    expect(Object.keys(stored ?? {})).not.toContain('_payload')
  })
})

describe.each(changeable.map((sample) => [sample.name, sample] as const))('a repetition of %s', (_, sample) => {
  const changes = sample === appOperation ? { state: 'done' } : { partnerUserId: randomUUID() }

  it('answers with the resource as it is now', async () => {
    const headers = repeatable()
    const path = `${sample.path}/${(await post(sample, headers)).json.id}`
    const patched = await ledger.call({ path, method: 'PATCH', body: changes, services: later })
    const again = await post(sample, headers)
    expect([again.status, again.json]).toEqual([201, patched.json])
    expect(again.json).toMatchObject(changes)
    expect(again.headers.get('etag')).toBe(patched.headers.get('etag'))
    expect(verdict(await post(sample, headers, { body: { ...sample.body, ...changes } }))).toEqual([...REJECTED, ID])
  })

  it('creates again what was deleted', async () => {
    const headers = repeatable()
    const { json } = await post(sample, headers)
    const path = `${sample.path}/${json.id}`
    expect((await ledger.call({ path, method: 'DELETE' })).status).toBe(204)
    const again = await post(sample, headers, { services: later })
    expect([again.status, again.json.id]).toEqual([201, json.id])
    expect(again.json.lastModifiedDateTime).not.toBe(json.lastModifiedDateTime)
    expect((await ledger.call({ path })).json).toEqual(again.json)
  })
})

describe('an id is taken', () => {
  const first = (sample: Sample, headers: Record<string, string>, call: Partial<Call> = {}) =>
    post(sample, headers, call).then(({ status, json }) => [status, json.id])

  it('by one partner, client, collection, parent and version alike', async () => {
    const headers = repeatable()
    const other = { ...operation.body, partnerTenantId: OTHER_TENANT }
    const below = { path: appOperation.elsewhere ?? '' }
    const ids = [
      await first(operation, headers),
      await first(operation, headers, { token: { tenant: OTHER_TENANT }, body: other }),
      await first(operation, headers, { token: { claims: { azp: randomUUID() } } }),
      await first(result, headers),
      await first(httpRequest, headers),
      await first(appOperation, headers),
      await first(appOperation, headers, below),
      await first(appOperation, headers, { path: '/beta/users/u/managedAppRegistrations/T_1u2/operations' }),
      await first(relationshipRequest, headers),
      await first(relationshipRequest, headers, { path: relationshipRequest.elsewhere ?? '' }),
    ]
    expect(ids.map(([status]) => status)).toEqual(ids.map(() => 201))
    expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length)
    const same = [
      { path: '/v1.0/managedTenantOperations' },
      { token: { app: true } },
      { token: { version: '1.0' as const } },
    ]
    for (const call of same) expect(await first(operation, headers, call)).toEqual(ids[0])
    expect(await first(operation, { ...headers, [ID]: headers[ID]?.toUpperCase() ?? '' })).toEqual(ids[0])
    expect(
      await first(operation, { ...headers, ...repeatable(headers[ID], new Date(NOW.getTime() - 23 * HOUR)) }),
    ).toEqual(ids[0])
  })

  it('with a body, in whatever form that comes', async () => {
    const headers = repeatable()
    const body = { ...operation.body, own: { b: [{ y: 1, x: 2 }], a: null } }
    const id = await first(operation, headers, { body })
    const reversed = Object.fromEntries(Object.entries({ ...body, own: { a: null, b: [{ x: 2, y: 1 }] } }).reverse())
    const alike = [
      reversed,
      { ...body, id: randomUUID(), createdDateTime: 'ignored' },
      { ...body, description: null, status: 'notStarted' },
      { ...body, '@odata.type': '#microsoft.graph.managedTenantOperation' },
      { ...body, partnerUserId: String(operation.body.partnerUserId).toUpperCase() },
      JSON.stringify(body, null, 4).replace('"x": 2', '"x": 2.0'),
    ]
    for (const again of alike) expect(await first(operation, headers, { body: again })).toEqual(id)
    const different = [{ own: { ...body.own, b: [] } }, { own: { b: body.own.b } }, { more: null }, { status: null }]
    for (const change of different)
      expect(verdict(await post(operation, headers, { body: { ...body, ...change } }))).toEqual([...REJECTED, ID])
  })

  it('with a body, whatever its secrets', async () => {
    const headers = repeatable()
    const withToken = (dapAccessToken: string | null) => ({
      body: { ...operation.body, credentials: { dapAccessToken } },
    })
    const id = await first(operation, headers, withToken('one'))
    for (const token of ['two', null]) expect(await first(operation, headers, withToken(token))).toEqual(id)
    const sending = (value: string) => ({
      body: { ...httpRequest.body, request: { url: `https://x/?sig=${value}`, headers: [{ name: 'Cookie', value }] } },
    })
    const call = await first(httpRequest, headers, sending('one'))
    expect(await first(httpRequest, headers, sending('two'))).toEqual(call)
  })
})
