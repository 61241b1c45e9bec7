import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger, TENANT } from '../harness'
import { createIn, details } from './created'
import { changeable, httpRequest, operation, type Sample } from './samples'

type Members = Readonly<Record<string, unknown>>

const LATER = new Date('2026-11-23T11:30:00.000Z')
const GUID = 'd3b1a2c4-5e6f-4a7b-8c9d-0e1f2a3b4c5d'

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

const bare = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, member) => (key.includes('@odata') ? undefined : member))

describe('a merge', () => {
  const definition = { value: 'v', values: ['a', 'b'], logLevel: 'full', lambdaDefinitions: [{ id: '1', x: { y: 1 } }] }
  const rows: [string, Members, Members, Members][] = [
    ['replaces what is sent', {}, { name: 'new' }, { name: 'new', status: 'notStarted' }],
    ['leaves what is not sent', { description: 'd', status: 's' }, {}, { description: 'd', status: 's' }],
    [
      'takes null for what is optional',
      { description: 'd', status: 's' },
      { description: null, status: null },
      { description: null, status: null },
    ],
    [
      'merges a complex value by member',
      { operationDefinition: definition },
      { operationDefinition: { value: 'w' } },
      { operationDefinition: { ...definition, value: 'w' } },
    ],
    [
      'clears a member',
      { operationDefinition: definition },
      { operationDefinition: { logLevel: null } },
      { operationDefinition: { ...definition, logLevel: null } },
    ],
    [
      'replaces a collection as a whole',
      { operationDefinition: definition },
      { operationDefinition: { values: ['c'], lambdaDefinitions: [{ value: 'z' }] } },
      { operationDefinition: { ...definition, values: ['c'], lambdaDefinitions: [{ value: 'z' }] } },
    ],
    [
      'empties a collection',
      { operationDefinition: definition },
      { operationDefinition: { values: [] } },
      { operationDefinition: { ...definition, values: [] } },
    ],
    ['clears a complex value', { result: { isSuccess: true } }, { result: null }, { result: null }],
    [
      'sets a complex value that was null',
      { result: null },
      { result: { isSuccess: true } },
      { result: { isSuccess: true } },
    ],
    [
      'merges an empty complex value to no effect',
      { target: { allTenants: true } },
      { target: {} },
      { target: { allTenants: true } },
    ],
    ['adds a dynamic property', {}, { extra: { a: [1] } }, { extra: { a: [1] } }],
    ['replaces a dynamic one as a whole', { extra: { a: 1, b: 2 } }, { extra: { a: 3 } }, { extra: { a: 3 } }],
    [
      'normalises',
      {},
      { requestId: GUID.toUpperCase(), result: { createdDateTime: '2026-01-01T01:00+01:00' } },
      { requestId: GUID, result: { createdDateTime: '2026-01-01T00:00:00.0000000Z' } },
    ],
    [
      'takes @odata.type',
      {},
      {
        '@odata.type': '#microsoft.graph.managedTenantOperation',
        target: { '@odata.type': 'microsoft.graph.managedTenantOperationTarget', allTenants: false },
      },
      { target: { allTenants: false } },
    ],
    [
      'ignores what is computed',
      {},
      { id: GUID, createdDateTime: 5, lastModifiedDateTime: [] },
      { createdDateTime: '2026-11-23T10:55:47.1230000Z' },
    ],
    ['takes the own tenant', {}, { partnerTenantId: TENANT.toUpperCase() }, { partnerTenantId: TENANT }],
  ]

  it.each(rows)('%s', async (_, before, changes, after) => {
    const { id, path, json } = await create(operation, before)
    const reply = await patch(path, changes)
    expect(reply.status).toBe(200)
    expect(bare(reply.json)).toEqual(bare({ ...json, ...after, lastModifiedDateTime: '2026-11-23T11:30:00.0000000Z' }))
    expect(bare((await ledger.call({ path })).json)).toEqual(bare(reply.json))
    expect(reply.json['@odata.context']).toBe('http://ledger.test/beta/$metadata#managedTenantOperations/$entity')
    expect(await ledger.stored(operation.container, id)).toMatchObject(after)
  })

  it.each(['extra', 'toString', 'valueOf', 'hasOwnProperty', '日本'])(
    'removes the dynamic property %s by null',
    async (name) => {
      const { id, path, json } = await create(operation, { [name]: { a: 1 } })
      expect(json[name]).toEqual({ a: 1 })
      const reply = await patch(path, { [name]: null, unknown: null })
      expect(Object.keys(reply.json)).not.toEqual(expect.arrayContaining([name]))
      const stored = await ledger.stored(operation.container, id)
      expect([Object.hasOwn(stored ?? {}, name), Object.hasOwn(stored ?? {}, 'unknown')]).toEqual([false, false])
    },
  )

  it('does not contain a token or what surrounds it', async () => {
    const { id, path } = await create(operation, { credentials: null })
    const reply = await patch(path, { credentials: { dapAccessToken: 'secret-token' }, extra: 1 })
    expect(reply.json.credentials).toEqual({ '@odata.type': 'microsoft.graph.managedTenantOperationCredentials' })
    expect(reply.text + reply.logged.join()).not.toContain('secret-token')
    expect(JSON.stringify(await ledger.stored(operation.container, id))).not.toContain('dapAccessToken')
    expect(details(await patch(path, { extra: { dapAccessToken: 'x' } }))).toEqual([
      400,
      'reservedName extra.dapAccessToken',
    ])
  })

  it('redacts as a create does', async () => {
    const { id, path } = await create(httpRequest)
    const url = 'https://user:secret-word@graph.microsoft.com/?code=secret-code&x=1'
    const headers = [
      { name: 'Authorization', value: 'Bearer secret-token' },
      { name: 'Accept', value: '*/*' },
    ]
    const reply = await patch(path, { request: { url, headers }, response: { headers } })
    const redacted = [
      { name: 'Authorization', value: '[redacted]' },
      { name: 'Accept', value: '*/*' },
    ]
    const shown = 'https://user:[redacted]@graph.microsoft.com/?code=[redacted]&x=1'
    expect(bare(reply.json)).toMatchObject({
      request: { method: 'GET', url: shown, headers: redacted },
      response: { headers: redacted },
    })
    expect(JSON.stringify(await ledger.stored(httpRequest.container, id))).not.toContain('secret-')
  })

  it.each(changeable.map((sample) => [sample.name, sample] as const))(
    'of %s with nothing moves its date',
    async (_, sample) => {
      const { path, json, etag } = await create(sample)
      const reply = await patch(path, {})
      expect(bare(reply.json)).toEqual(bare({ ...json, lastModifiedDateTime: '2026-11-23T11:30:00.0000000Z' }))
      expect(reply.headers.get('etag')).not.toBe(etag)
      const minimal = await patch(path, {}, { prefer: 'return=minimal' })
      const { status, text, headers } = minimal
      expect([status, text, headers.get('preference-applied'), headers.get('content-type')]).toEqual([
        204,
        '',
        'return=minimal',
        null,
      ])
      expect(headers.get('etag')).toBe((await ledger.call({ path })).headers.get('etag'))
    },
  )

  it('does not change the fingerprint of a repeatable create', async () => {
    const headers = { 'repeatability-request-id': GUID, 'repeatability-first-sent': 'Mon, 23 Nov 2026 10:55:47 GMT' }
    const first = await ledger.call({ path: operation.path, body: operation.body, headers })
    await patch(`${operation.path}/${first.json.id}`, { name: 'new' })
    const again = await ledger.call({ path: operation.path, body: operation.body, headers })
    expect([again.status, again.json.id, again.json.name]).toEqual([201, first.json.id, 'new'])
    const other = await ledger.call({ path: operation.path, body: { ...operation.body, name: 'x' }, headers })
    expect(other.status).toBe(412)
  })
})
