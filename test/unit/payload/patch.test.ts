import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../shared/basics/isObject'
import { ApiError } from '../../../shared/errors'
import { merge, refuseImmutable } from '../../../shared/payload/merge'
import { parsePatch } from '../../../shared/payload/parse'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { managedTenantOperationResult } from '../../../shared/schemas/managedTenantOperationResult'
import { isRequired } from '../../../shared/schemas/property'
import type { Resource } from '../../../shared/schemas/resource'
import { resources } from '../../../shared/schemas/resources'
import { leastOf } from './bodies'

const NOW = new Date('2026-11-23T10:55:47.123Z')

const problems = (resource: Resource, body: unknown): string[] => {
  try {
    parsePatch(resource, body, false)
    return []
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return error.details?.map(({ code, target }) => `${code} ${target}`) ?? [error.failure]
  }
}

describe.each(resources)('$name', (resource) => {
  test('may be changed by nothing at all, and nothing is filled in', () => {
    expect(parsePatch(resource, {}, false)).toEqual({})
    expect(Object.keys(parsePatch(resource, {}, false))).toEqual([])
  })

  test('takes each property alone, and gives back that one', () => {
    for (const [name, value] of Object.entries(leastOf(resource)))
      expect(parsePatch(resource, { [name]: value }, false)).toEqual({ [name]: value })
  })

  test('clears with null what is optional, and nothing that is required', () => {
    for (const property of resource.settable) {
      const { name } = property
      expect(problems(resource, { [name]: null })).toEqual(isRequired(property) ? [`required ${name}`] : [])
    }
  })

  test('refuses values that no property takes', () => {
    for (const { name } of resource.settable) {
      for (const value of [[[]], 2 ** 53]) expect(problems(resource, { [name]: value })[0]).toMatch(/^invalid\w+ /)
    }
  })

  test('ignores what is computed', () => {
    for (const { name } of resource.computed) {
      for (const value of [null, 'x', { dapAccessToken: 'hush' }, [[]]])
        expect(parsePatch(resource, { [name]: value }, false)).toEqual({})
    }
  })

  test('is a JSON object', () => {
    for (const value of [null, [], 'x', 1, true]) expect(problems(resource, value)).toEqual(['invalidPayload'])
  })

  test('refuses reserved names, and unknown ones where it is closed', () => {
    const { open } = resource
    expect(problems(resource, { more: 1 })).toEqual(open ? [] : ['unknownProperty more'])
    for (const name of ['@odata.id', 'x@odata.type', '@odata.context', '@etag', 'more@type'])
      expect(problems(resource, { [name]: 1 })).toEqual([])
    for (const name of ['_etag', 'ttl', '@timestamp', 'x@y'])
      expect(problems(resource, { [name]: 1 })).toEqual([`${open ? 'reservedName' : 'unknownProperty'} ${name}`])
    for (const name of ['__proto__', 'constructor', 'prototype'])
      expect(problems(resource, JSON.parse(`{"${name}":{}}`))).toEqual([`reservedName ${name}`])
  })
})

const BY = { application: { id: 'a', displayName: null }, user: null }

const merged = (current: JsonObject, changes: JsonObject): JsonObject => {
  const { lastModifiedDateTime, lastModifiedBy, ...rest } = merge(managedTenantOperation, current, changes, {
    now: NOW,
    by: BY,
  })
  expect([lastModifiedDateTime, lastModifiedBy]).toEqual(['2026-11-23T10:55:47.1230000Z', BY])
  return rest
}

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ['nothing', { name: 'a', more: 1 }, {}, { name: 'a', more: 1 }],
  ['a property', { name: 'a' }, { name: 'b' }, { name: 'b' }],
  ['null for an optional one', { description: 'a' }, { description: null }, { description: null }],
  ['null for a dynamic one', { more: 1, other: null }, { more: null }, { other: null }],
  ['a dynamic value, whole', { more: { a: 1 } }, { more: { b: 2 } }, { more: { b: 2 } }],
  [
    'a complex value, by member',
    { target: { allTenants: true } },
    { target: { tenantIds: [] } },
    { target: { allTenants: true, tenantIds: [] } },
  ],
  ['an empty complex value', { target: { allTenants: true } }, { target: {} }, { target: { allTenants: true } }],
  [
    'a member of a complex value',
    { target: { allTenants: true } },
    { target: { allTenants: null } },
    { target: { allTenants: null } },
  ],
  [
    'a complex value where there was none',
    { result: null },
    { result: { isSuccess: true } },
    { result: { isSuccess: true } },
  ],
  ['null for a complex value', { result: { isSuccess: true } }, { result: null }, { result: null }],
  [
    'a collection, whole',
    { operationDefinition: { values: ['a', 'b'], value: 'x' } },
    { operationDefinition: { values: ['c'] } },
    { operationDefinition: { values: ['c'], value: 'x' } },
  ],
  [
    'a collection of complex values, whole',
    { result: { tenantExceptions: [{ exception: 'a' }, { exception: 'b' }] } },
    { result: { tenantExceptions: [{ tenantId: 'c' }] } },
    { result: { tenantExceptions: [{ tenantId: 'c' }] } },
  ],
  ['what was dropped', { credentials: {} }, { credentials: { dapAccessToken: undefined } }, { credentials: {} }],
])('merging %s', (_, current, changes, expected) => {
  const before = structuredClone(current)
  expect(merged(current, changes)).toStrictEqual(expected)
  expect(current).toEqual(before)
})

test('a write-only member of a PATCH is validated and dropped', () => {
  const changes = parsePatch(managedTenantOperation, { credentials: { dapAccessToken: 'hush' } }, false)
  expect(JSON.stringify(changes)).not.toContain('hush')
  expect(JSON.stringify(merged({ credentials: null }, changes))).not.toContain('dapAccessToken')
  expect(problems(managedTenantOperation, { credentials: { dapAccessToken: 1 } })).toEqual([
    'invalidType credentials.dapAccessToken',
  ])
})

test('an immutable property may be sent again, but not changed', () => {
  const refuse = (changes: JsonObject) => () =>
    refuseImmutable(managedTenantOperationResult, { managedTenantOperationId: 'a', exception: null }, changes)
  expect(refuse({ managedTenantOperationId: 'a', exception: 'x' })).not.toThrow()
  expect(refuse({})).not.toThrow()
  expect(refuse({ managedTenantOperationId: 'A' })).toThrow(
    expect.objectContaining({
      failure: 'invalidPayload',
      target: 'managedTenantOperationId',
      details: [expect.objectContaining({ code: 'propertyNotUpdateable', target: 'managedTenantOperationId' })],
    }),
  )
})
