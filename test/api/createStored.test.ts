import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT, PARTNER_USER } from '../../local/mintToken'
import { type Ledger, startLedger } from '../harness'
import { httpRequest, operation, RELATIONSHIP, relationshipRequest, result, type Sample, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const create = async (sample: Sample, more: object, path = sample.path) => {
  const reply = await ledger.call({ path, body: { ...sample.body, ...more } })
  expect(reply.status).toBe(201)
  return { ...reply, stored: (await ledger.stored(sample.container, String(reply.json.id))) ?? {} }
}

const SOMEBODY = 'A4D8F260-1C9B-4E57-93A6-7F2B05E8C1D3'
const BY = {
  application: { id: CLIENT, displayName: 'Partner automation' },
  user: { id: PARTNER_USER, displayName: 'Adele Vance' },
}
const INSTANT = '2026-11-23T10:55:47.1230000Z'

describe('what was sent', () => {
  it('comes back with the types of its values, and nothing that was not sent', async () => {
    const definition = {
      '@odata.type': '#microsoft.management.services.api.managedTenantOperationDefinition',
      logLevel: 'full',
      value: null,
      lambdaDefinitions: [{ type: -2147483648, own: { '@odata.type': 'x', deep: [1, { a: null }] } }, {}],
    }
    const { json, stored } = await create(operation, { aggregationDefinition: definition, operationDefinition: {} })
    expect(JSON.stringify(json.aggregationDefinition)).toBe(
      '{"@odata.type":"microsoft.graph.managedTenantOperationDefinition","value":null,"logLevel":"full","lambdaDefinitions":' +
        '[{"@odata.type":"microsoft.graph.lambdaDefinition","type":-2147483648,"own":{"@odata.type":"x","deep":[1,{"a":null}]}},' +
        '{"@odata.type":"microsoft.graph.lambdaDefinition"}]}',
    )
    expect(stored.operationDefinition).toEqual({})
    expect(JSON.stringify(stored)).not.toContain('managedTenantOperationDefinition')
  })

  it('comes back in normal forms', async () => {
    const aggregate = {
      createdDateTime: '2026-11-23T23:55+13:00',
      lastModifiedDateTime: '2026-02-28T00:00:00.123456789Z',
      tenantExceptions: [{ tenantId: SOMEBODY, exception: '' }],
      result: [],
    }
    const { json, stored } = await create(operation, {
      target: { tenantIds: [SOMEBODY] },
      result: aggregate,
      status: null,
    })
    expect([json.status, stored.status]).toEqual([null, null])
    expect(stored.target).toEqual({ tenantIds: [SOMEBODY.toLowerCase()] })
    const normal = {
      createdDateTime: '2026-11-23T10:55:00.0000000Z',
      lastModifiedDateTime: '2026-02-28T00:00:00.1234567Z',
      tenantExceptions: [{ tenantId: SOMEBODY.toLowerCase(), exception: '' }],
      result: [],
    }
    expect(stored.result).toEqual(normal)
    expect(json.result).toMatchObject(normal)
  })

  it('puts the dynamic properties of an open type after the documented ones', async () => {
    const dynamic = {
      zeta: 1.5,
      alpha: [[], {}, null],
      toString: 'own',
      Named: 'not name',
      with_digits_2: -0.25,
      é: false,
    }
    const { json, stored } = await create(operation, { ...dynamic, name: 'last' })
    expect(json).toMatchObject(dynamic)
    expect(stored).toMatchObject(dynamic)
    expect(Object.keys(json).slice(-7)).toEqual(['lastModifiedBy', ...Object.keys(dynamic)])
  })

  it('keeps strings unchanged', async () => {
    const exception = ' \u0000\u007f\u2028 e\u0301 é 日本 👩🏽‍💻 \\ " '
    const { json, stored } = await create(result, { exception, result: ['', ' ', exception] })
    expect([json.exception, json.result]).toEqual([exception, ['', ' ', exception]])
    expect(stored.exception).toBe(exception)
  })

  it('may leave optional ones out or say null', async () => {
    const nothing = { exception: null, executionInfo: null, result: null }
    const { json, stored } = await create(result, nothing)
    expect(json).toMatchObject({ exception: null, executionInfo: null, result: [] })
    expect(stored).toMatchObject({ exception: null, executionInfo: null, result: [] })
    const call = await create(httpRequest, { request: {}, response: { body: null }, statusCode: null })
    expect(call.json).toMatchObject({ request: {}, response: { body: null }, statusCode: null })
    expect(call.stored).toMatchObject({ request: {}, response: { body: null }, statusCode: null })
  })
})

describe('what the service sets', () => {
  const attempts = { id: { a: [[[1e300]]] }, status: null, createdDateTime: '', lastModifiedDateTime: 5 }

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'wins over what a client sends: %s',
    async (_, sample) => {
      const { status: _status, ...others } = attempts
      const computed = sample === relationshipRequest ? attempts : others
      const given = sample.body.displayName === undefined ? computed : { id: 7, lastModifiedDateTime: [] }
      const { json, stored } = await create(sample, given)
      expect(json.id).toBe(stored.id)
      expect([stored.lastModifiedDateTime, json.lastModifiedDateTime]).toEqual([INSTANT, INSTANT])
      if (sample === relationshipRequest) expect([json.status, stored.createdDateTime]).toEqual(['created', INSTANT])
    },
  )

  it('records the tenant, the parents and the write, and nothing else', async () => {
    const path = relationshipRequest.path.replace(RELATIONSHIP, RELATIONSHIP.toUpperCase())
    const { stored, headers } = await create(relationshipRequest, {}, path)
    expect(headers.get('location')).toContain(`/delegatedAdminRelationships/${RELATIONSHIP}/requests/`)
    const { _rid, _self, _ts, _etag, _attachments, _write, ...own } = stored
    expect(_write).toBe(headers.get('request-id'))
    expect(own).toEqual({
      id: stored.id,
      action: 'approve',
      status: 'created',
      createdDateTime: INSTANT,
      lastModifiedDateTime: INSTANT,
      partnerTenantId: operation.body.partnerTenantId,
      delegatedAdminRelationshipId: RELATIONSHIP,
      createdBy: BY,
      lastModifiedBy: BY,
    })
  })

  it('is another id for each of many at once', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => create(operation, {})))
    expect(new Set(replies.map(({ json }) => json.id)).size).toBe(20)
  })
})

describe('a path', () => {
  it.each([
    ['adele@partner.example', 'T_1', 'adele@partner.example', 'T_1'],
    ["o'neil", "''", "o'neil", "''"],
    ['%E7%94%A8%E6%88%B7', '%F0%9F%92%BE', '%E7%94%A8%E6%88%B7', '%F0%9F%92%BE'],
    ['a%20b', '%25', 'a%20b', '%25'],
    ['%23', '%3F%26%3D', '%23', '%3F%26%3D'],
    ['...', '~!$()*+,;=:', '...', '~!%24()*%2B%2C%3B%3D%3A'],
  ])('with %s and %s is stored as it was meant, and answered', async (user, registration, userUrl, registrationUrl) => {
    const path = `/beta/users/${user}/managedAppRegistrations/${registration}/operations`
    const body = { displayName: 'Wipe', state: 'queued', version: '1' }
    const { status, headers, json } = await ledger.call({ path, body })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(
      `http://ledger.test/beta/users/${userUrl}/managedAppRegistrations/${registrationUrl}/operations/${json.id}`,
    )
    const stored = await ledger.stored('managedAppOperations', String(json.id))
    expect([stored?.usersId, stored?.managedAppRegistrationId]).toEqual([user, registration].map(decodeURIComponent))
    const read = await ledger.call({ path: headers.get('location')?.slice('http://ledger.test'.length) ?? '' })
    expect(read.json).toEqual(json)
  })
})
