import { describe, expect, test } from 'vitest'
import { fromStore, internalMembers } from '../../../shared/payload/fromStore'
import { newDocument } from '../../../shared/payload/newDocument'
import { parseCreate } from '../../../shared/payload/parse'
import { delegatedAdminRelationshipRequest } from '../../../shared/schemas/delegatedAdminRelationshipRequest'
import { managedAppOperation } from '../../../shared/schemas/managedAppOperation'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { resources } from '../../../shared/schemas/resources'
import { leastOf } from './bodies'

const ID = '0f9d1c7a-4e63-4b58-a2d1-96c8e35b70f4'
const NOW = new Date('2026-11-23T10:55:47.123Z')
const DATE = '2026-11-23T10:55:47.1230000Z'
const BY = { application: { id: ID, displayName: null }, user: null }
const STORE = { _rid: 'r', _self: 's', _ts: 1, _etag: '"e"', _attachments: 'a/' }

describe.each(resources)('$name', (resource) => {
  const entity = newDocument(
    resource,
    parseCreate(resource, leastOf(resource), false),
    { id: ID, now: NOW, by: BY },
    {},
  )

  test('is complete: every property is there, dates are the same instant, nothing else is', () => {
    expect(Object.keys(entity).sort()).toEqual([...resource.properties.keys()].sort())
    expect(entity.id).toBe(ID)
    expect(entity.lastModifiedDateTime).toBe('2026-11-23T10:55:47.1230000Z')
    if ('createdDateTime' in entity) expect(entity.createdDateTime).toBe(entity.lastModifiedDateTime)
    expect(Object.values(entity)).not.toContain(undefined)
  })

  test("comes back from the store as it went in, without what is the service's own", () => {
    const parents = Object.fromEntries(Object.keys(resource.parents).map((name) => [name, 'p']))
    const own = { partnerTenantId: leastOf(resource).partnerTenantId ?? ID, ...parents, _write: 'w', _payload: 'p' }
    const document = JSON.parse(JSON.stringify({ ...entity, ...own, ...STORE })) as Record<string, unknown> // an object
    expect(fromStore(resource, document)).toEqual(entity)
    expect(internalMembers(resource, document)).toEqual(own)
  })

  test('is refused where the document does not fit, naming paths but no values', () => {
    const document = { ...entity, lastModifiedDateTime: 'hush', id: ID }
    expect(() => fromStore(resource, document)).toThrow(
      expect.objectContaining({ name: 'InvalidDocument', code: `${resource.container}/${ID}: lastModifiedDateTime` }),
    )
    expect(() => fromStore(resource, {})).toThrow(expect.objectContaining({ name: 'InvalidDocument' }))
  })
})

test('the status of a new request on a relationship is created, and of an operation notStarted', () => {
  const status = (resource: typeof delegatedAdminRelationshipRequest | typeof managedTenantOperation) =>
    newDocument(resource, parseCreate(resource, leastOf(resource), false), { id: ID, now: NOW, by: BY }, {}).status
  expect([status(delegatedAdminRelationshipRequest), status(managedTenantOperation)]).toEqual(['created', 'notStarted'])
})

test('what an open type was given comes back too, and a closed type shows nothing that it does not know', () => {
  const body = { ...leastOf(managedTenantOperation), more: { _x: 1 }, other: null }
  const entity = newDocument(
    managedTenantOperation,
    parseCreate(managedTenantOperation, body, false),
    { id: ID, now: NOW, by: BY },
    {},
  )
  expect(fromStore(managedTenantOperation, { ...entity, ...STORE })).toMatchObject({ more: { _x: 1 }, other: null })
  const given = parseCreate(managedAppOperation, leastOf(managedAppOperation), false)
  const closed = newDocument(managedAppOperation, given, { id: ID, now: NOW, by: BY }, {})
  expect(fromStore(managedAppOperation, { ...closed, more: 1, partnerTenantId: ID })).toEqual(closed)
})

test('a hidden member of an enumeration comes back', () => {
  const stored = { ...leastOf(delegatedAdminRelationshipRequest), action: 'reject' }
  const entity = newDocument(delegatedAdminRelationshipRequest, stored, { id: ID, now: NOW, by: BY }, {})
  expect(fromStore(delegatedAdminRelationshipRequest, entity).action).toBe('reject')
})

test('what an older document had under the name of a property that the service computes now is null', () => {
  const entity = { ...leastOf(managedTenantOperation), id: ID, createdDateTime: DATE, lastModifiedDateTime: DATE }
  const read = fromStore(managedTenantOperation, { ...entity, createdBy: 'me', lastModifiedBy: { user: 1 } })
  expect([read.createdBy, read.lastModifiedBy]).toEqual([null, null])
})
