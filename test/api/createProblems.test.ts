import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { details, errorOf, verdict } from './replies'
import { appOperation, httpRequest, operation, relationshipRequest, result, type Sample, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const refused = async (sample: Sample, body: unknown, headers = {}) => {
  const before = await ledger.count(sample.container)
  const reply = await ledger.call({ path: sample.path, body, headers })
  expect(verdict(reply)).toEqual([400, 'badRequest', 'invalidPayload', errorOf(reply)?.details?.[0]?.target])
  expect(await ledger.count(sample.container)).toBe(before)
  return details(reply)
}

const required = (...names: string[]) => names.map((name) => `required ${name}`)

describe('all problems are reported together', () => {
  const needs: [Sample, string[]][] = [
    [operation, ['target', 'operationDefinition', 'partnerTenantId', 'partnerUserId', 'name', 'requestId']],
    [
      result,
      ['partnerTenantId', 'partnerUserId', 'targetTenantId', 'managedTenantOperationId', 'requestId', 'isSuccess'],
    ],
    [
      httpRequest,
      [
        'partnerTenantId',
        'partnerUserId',
        'targetTenantId',
        'managedTenantOperationId',
        'requestId',
        'attempt',
        'request',
      ],
    ],
    [relationshipRequest, ['action']],
    [appOperation, ['displayName', 'state', 'version']],
  ]
  it.each(needs.map(([sample, names]) => [sample.name, sample, names] as const))('of %s', async (_, sample, names) => {
    expect(await refused(sample, {})).toEqual(required(...names))
    const nulls = Object.fromEntries(names.map((name) => [name, null]))
    expect(await refused(sample, nulls)).toEqual(required(...names))
    const arrays = Object.fromEntries(names.map((name) => [name, []]))
    expect(await refused(sample, arrays)).toEqual(names.map((name) => `invalidType ${name}`))
    expect(await refused(sample, { ...arrays, '@odata.type': 'microsoft.graph.user' })).toContain(
      'invalidValue @odata.type',
    )
  })

  it('whatever their kinds', async () => {
    const body = {
      ...operation.body,
      _id: 1,
      name: '',
      description: 5,
      target: { tenantIds: ['x', null, 1], more: true },
      operationDefinition: { values: [null], lambdaDefinitions: [{ type: 1.5, 'a@b': 1, dapAccessToken: 'x' }] },
      requestId: 'no GUID',
      size: 9007199254740992,
    }
    expect((await refused(operation, body)).sort()).toEqual(
      [
        'reservedName _id',
        'reservedName operationDefinition.lambdaDefinitions[0].a@b',
        'reservedName operationDefinition.lambdaDefinitions[0].dapAccessToken',
        'invalidValue size',
        'invalidValue target.tenantIds[0]',
        'invalidType target.tenantIds[1]',
        'invalidType target.tenantIds[2]',
        'unknownProperty target.more',
        'invalidType operationDefinition.values[0]',
        'invalidValue operationDefinition.lambdaDefinitions[0].type',
        'invalidLength name',
        'invalidType description',
        'invalidValue requestId',
      ].sort(),
    )
  })
})

describe('one property is refused', () => {
  const rows: [Sample, object, string][] = [
    [operation, { partnerTenantId: `{${OTHER_TENANT}}` }, 'invalidValue partnerTenantId'],
    [operation, { partnerUserId: OTHER_TENANT.replaceAll('-', '') }, 'invalidValue partnerUserId'],
    [operation, { name: 'x'.repeat(257) }, 'invalidLength name'],
    [operation, { target: { alltenants: 'true' } }, 'invalidType target.allTenants'],
    [operation, { target: { allTenants: 'true' } }, 'invalidType target.allTenants'],
    [operation, { operationDefinition: { logLevel: 'Full' } }, 'invalidValue operationDefinition.logLevel'],
    [operation, { operationDefinition: { logLevel: 2 } }, 'invalidType operationDefinition.logLevel'],
    [operation, { aggregationDefinition: { values: 'a' } }, 'invalidType aggregationDefinition.values'],
    [operation, { credentials: { dapAccessToken: 5 } }, 'invalidType credentials.dapAccessToken'],
    [operation, { Credentials: { DapAccessToken: 5 } }, 'invalidType credentials.dapAccessToken'],
    [
      operation,
      { credentials: { dapAccessToken: 'a', DAPACCESSTOKEN: 'b' } },
      'duplicateProperty credentials.DAPACCESSTOKEN',
    ],
    [operation, { more: { dapaccesstoken: 1 } }, 'reservedName more.dapaccesstoken'],
    [operation, { dapAccessToken: 'x' }, 'reservedName dapAccessToken'],
    [operation, { mine: [{ dapAccessToken: null }] }, 'reservedName mine[0].dapAccessToken'],
    [operation, { target: { dapAccessToken: 'x' } }, 'reservedName target.dapAccessToken'],
    [operation, { ttl: -1 }, 'reservedName ttl'],
    [operation, { _etag: 'x' }, 'reservedName _etag'],
    [operation, { '@timestamp': 'x' }, 'reservedName @timestamp'],
    [operation, { 'target@odata.bind': 'x' }, 'reservedName target@odata.bind'],
    [operation, { result: { createdDateTime: '2026-02-30T00:00:00Z' } }, 'invalidValue result.createdDateTime'],
    [operation, { result: { createdDateTime: '2026-11-23 10:00Z' } }, 'invalidValue result.createdDateTime'],
    [operation, { result: { createdDateTime: 0 } }, 'invalidType result.createdDateTime'],
    [
      operation,
      { result: { tenantExceptions: [{}, { tenantId: '' }] } },
      'invalidValue result.tenantExceptions[1].tenantId',
    ],
    [operation, { target: { '@odata.type': '#microsoft.graph.x' } }, 'invalidValue target.@odata.type'],
    [operation, { a: { 'b c': { ['c'.repeat(200)]: -1e300 } } }, `invalidValue a['b c']['${'c'.repeat(128)}…']`],
    [operation, { 'a b': 1 }, "invalidName ['a b']"],
    [operation, { Name: 'x' }, 'duplicateProperty Name'],
    [result, { isSuccess: 'true' }, 'invalidType isSuccess'],
    [result, { isSuccess: 1 }, 'invalidType isSuccess'],
    [result, { result: [null] }, 'invalidType result[0]'],
    [result, { result: {} }, 'invalidType result'],
    [result, { managedTenantOperationId: '' }, 'invalidLength managedTenantOperationId'],
    [httpRequest, { attempt: -1 }, 'invalidValue attempt'],
    [httpRequest, { attempt: 2147483648 }, 'invalidValue attempt'],
    [httpRequest, { attempt: 0.5 }, 'invalidValue attempt'],
    [httpRequest, { attempt: '1' }, 'invalidType attempt'],
    [httpRequest, { statusCode: -2147483649 }, 'invalidValue statusCode'],
    [httpRequest, { request: { headers: [{}, { name: 1 }] } }, 'invalidType request.headers[1].name'],
    [httpRequest, { request: { headers: [{ names: 'x' }] } }, 'unknownProperty request.headers[0].names'],
    [httpRequest, { request: { headers: [null] } }, 'invalidType request.headers[0]'],
    [httpRequest, { request: 'GET /' }, 'invalidType request'],
    [httpRequest, { response: { status: '200' } }, 'invalidType response.status'],
    [relationshipRequest, { action: 'Approve' }, 'invalidValue action'],
    [relationshipRequest, { action: 'reject' }, 'invalidValue action'],
    [relationshipRequest, { action: 'unknownFutureValue' }, 'invalidValue action'],
    [relationshipRequest, { action: 1 }, 'invalidType action'],
    [relationshipRequest, { partnerTenantId: OTHER_TENANT }, 'unknownProperty partnerTenantId'],
    [appOperation, { usersId: 'x' }, 'unknownProperty usersId'],
    [appOperation, { createdDateTime: '2026-11-23T10:00:00Z' }, 'unknownProperty createdDateTime'],
    [appOperation, { state: '' }, 'invalidLength state'],
    [appOperation, { _ts: 1 }, 'unknownProperty _ts'],
  ]
  it.each(rows)('$name $path %#', async (sample, change, problem) => {
    expect(await refused(sample, { ...sample.body, ...change })).toEqual([problem])
  })

  it('also where the client asks for hidden members', async () => {
    const prefer = 'include-unknown-enum-members'
    const body = { action: 'unknownFutureValue' }
    expect(await refused(relationshipRequest, body, { prefer })).toEqual(['invalidValue action'])
  })

  it.each(samples.map((sample) => [sample.name, sample] as const))('that no type may have: %s', async (_, sample) => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const body = JSON.stringify(sample.body).replace('{', `{"${name}":{"polluted":true},`)
      expect(await refused(sample, body)).toEqual([`reservedName ${name}`])
    }
    expect(({} as { polluted?: boolean /* what must not be */ }).polluted).toBeUndefined()
  })
})
