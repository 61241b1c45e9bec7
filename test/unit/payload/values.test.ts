import { describe, expect, test } from 'vitest'
import { parseCreate, parsePatch } from '../../../shared/payload/parse'
import { delegatedAdminRelationshipRequest } from '../../../shared/schemas/delegatedAdminRelationshipRequest'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { managedTenantOperationHttpRequest } from '../../../shared/schemas/managedTenantOperationHttpRequest'
import { managedTenantOperationResult } from '../../../shared/schemas/managedTenantOperationResult'
import { leastOf, problems } from './bodies'

const operation = leastOf(managedTenantOperation)
const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })
const parsed = (json: string): unknown => JSON.parse(json)

describe('an operation', () => {
  test.each([
    [{ target: { tenantIds: [null] } }, ['invalidType target.tenantIds[0]']],
    [{ target: { tenantIds: ['x', 1] } }, ['invalidValue target.tenantIds[0]', 'invalidType target.tenantIds[1]']],
    [{ target: { more: 1 } }, ['unknownProperty target.more']],
    [{ target: { '@odata.type': '#microsoft.graph.user' } }, ['invalidValue target.@odata.type']],
    [{ operationDefinition: { logLevel: 'loud' } }, ['invalidValue operationDefinition.logLevel']],
    [{ operationDefinition: { values: [null] } }, ['invalidType operationDefinition.values[0]']],
    [
      { operationDefinition: { lambdaDefinitions: [{ type: 'x' }] } },
      ['invalidType operationDefinition.lambdaDefinitions[0].type'],
    ],
    [
      { operationDefinition: { lambdaDefinitions: [{ _x: 1 }] } },
      ['reservedName operationDefinition.lambdaDefinitions[0]._x'],
    ],
    [{ result: { createdDateTime: 'x' } }, ['invalidValue result.createdDateTime']],
    [{ result: { tenantExceptions: [{ tenantId: 'x' }] } }, ['invalidValue result.tenantExceptions[0].tenantId']],
    [{ credentials: { dapAccessToken: 1 } }, ['invalidType credentials.dapAccessToken']],
    [{ credentials: { other: 1 } }, ['unknownProperty credentials.other']],
    [{ dapAccessToken: 'x' }, ['reservedName dapAccessToken']],
    [{ more: [{ dapAccessToken: 'x' }] }, ['reservedName more[0].dapAccessToken']],
    [
      { operationDefinition: { lambdaDefinitions: [{ dapAccessToken: 1 }] } },
      ['reservedName operationDefinition.lambdaDefinitions[0].dapAccessToken'],
    ],
    [{ more: 9007199254740992 }, ['invalidValue more']],
    [{ more: [-9007199254740992] }, ['invalidValue more[0]']],
    [{ more: 9007199254740991 }, []],
    [{ more: { 'a b': { _x: 1, ttl: 2, '@odata.type': 'x' } } }, []],
    [parsed('{"more":1e999}'), ['invalidValue more']],
    [parsed('{"more":{"__proto__":1}}'), ['reservedName more.__proto__']],
    [parsed('{"__proto__":{"name":"x"}}'), ['reservedName __proto__']],
    [{ more: { constructor: 1 } }, ['reservedName more.constructor']],
    [{ prototype: 1 }, ['reservedName prototype']],
  ])('with %j', (more, expected) => {
    expect(problems(managedTenantOperation, Object.assign(Object.create(null), operation, more))).toEqual(expected)
  })

  test('has at most 62 levels', () => {
    expect(problems(managedTenantOperation, { ...operation, more: nested(61) })).toEqual([])
    expect(problems(managedTenantOperation, { ...operation, more: nested(62) })).toEqual(['payloadTooDeep'])
  })

  test('starts with a status, unless it is sent as null', () => {
    expect(parseCreate(managedTenantOperation, operation, false).status).toBe('notStarted')
    expect(parseCreate(managedTenantOperation, { ...operation, status: null }, false).status).toBeNull()
  })

  test('lists a hundred problems, and says that there are more', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`_${index}`, 1]))
    expect(problems(managedTenantOperation, { ...operation, ...many })).toHaveLength(100)
  })
})

test.each([
  ['attempt', -1, ['invalidValue attempt']],
  ['attempt', 2147483647, []],
  ['attempt', Number.POSITIVE_INFINITY, ['invalidValue attempt']],
  ['statusCode', -5, []],
  ['statusCode', null, []],
  ['request', { headers: [{ name: 1 }] }, ['invalidType request.headers[0].name']],
  ['request', { headers: [null] }, ['invalidType request.headers[0]']],
  ['response', { status: 'x' }, ['invalidType response.status']],
])('an HTTP request with %s %j', (name, value, expected) => {
  const body = { ...leastOf(managedTenantOperationHttpRequest), [name]: value }
  expect(problems(managedTenantOperationHttpRequest, body)).toEqual(expected)
})

test.each([
  ['reject', false, ['invalidValue action']],
  ['reject', true, []],
  ['unknownFutureValue', false, ['invalidValue action']],
  ['unknownFutureValue', true, ['invalidValue action']],
  ['approve', false, []],
])('the action %s, hidden members shown: %s', (action, includeUnknownEnumMembers, expected) => {
  expect(problems(delegatedAdminRelationshipRequest, { action }, includeUnknownEnumMembers)).toEqual(expected)
})

test('a result has a collection where none was given, also after a PATCH with null', () => {
  const least = leastOf(managedTenantOperationResult)
  expect(parseCreate(managedTenantOperationResult, least, false).result).toEqual([])
  expect(parseCreate(managedTenantOperationResult, { ...least, result: null }, false).result).toEqual([])
  expect(parsePatch(managedTenantOperationResult, { result: null }, false).result).toEqual([])
  expect(parsePatch(managedTenantOperationResult, {}, false)).toEqual({})
})
