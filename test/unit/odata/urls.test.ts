import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../../../shared/errors'
import { invalidSkipToken, parseSkipToken, toSkipToken } from '../../../shared/odata/skipToken'
import { collectionContext, collectionUrl, createdContext, entityContext, entityUrl } from '../../../shared/odata/urls'
import { delegatedAdminRelationshipRequest } from '../../../shared/schemas/delegatedAdminRelationshipRequest'
import { managedAppOperation } from '../../../shared/schemas/managedAppOperation'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { parsePathParameter } from '../../../shared/schemas/pathParameters'
import type { Resource } from '../../../shared/schemas/resource'

const ID = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const root = { origin: 'https://ledger.example', version: 'beta' }
const START = 'https://ledger.example/beta'

const parse = (resource: Resource, name: string, value: string): unknown => {
  const parameter = resource.parents[name]
  if (parameter === undefined) throw new Error(`there is no parameter ${name}`)
  try {
    return parsePathParameter(parameter, name, value)
  } catch (error) {
    return error instanceof ApiError ? error.message : error
  }
}

describe('the id of a relationship', () => {
  const invalid = 'The passed in delegatedAdminRelationshipId is invalid.'
  test.each([
    [`${ID}-${ID}`, `${ID}-${ID}`],
    [`${ID}-${ID}`.toUpperCase(), `${ID}-${ID}`],
    [ID, invalid],
    [`${ID}${ID}`, invalid],
    [`${ID}-${ID}-`, invalid],
    [`${ID}-${ID}\n`, invalid],
    [` ${ID}-${ID}`, invalid],
    [`${ID}-${ID}-${ID}`, invalid],
    [`${ID}_${ID}`, invalid],
    [`{${ID}}-{${ID}}`, invalid],
    ['', invalid],
    [`${ID}-${ID}`.replace('5', 'g'), invalid],
  ])('%j', (value, expected) => {
    expect(parse(delegatedAdminRelationshipRequest, 'delegatedAdminRelationshipId', value)).toBe(expected)
  })
})

describe.each(['usersId', 'managedAppRegistrationId'])('the parameter %s', (name) => {
  test.each(['a', 'x'.repeat(256), 'user@contoso.com', "o'neil", 'ü', '💥', '...', ' ', '%41', 'A%2E', '\\', 'a?b#c'])(
    'takes %j verbatim',
    (value) => {
      expect(parse(managedAppOperation, name, value)).toBe(value)
    },
  )

  test.each(['', 'x'.repeat(257), 'a/b', '/', 'a%2Fb', '%2f', '.', '..', '\0', 'a\n', '\u007f', '\u0085', '\u009f'])(
    'does not take %j',
    (value) => {
      expect(parse(managedAppOperation, name, value)).toMatch(new RegExp(`^'${name}' must be 1 to 256 characters`))
    },
  )
})

test('an entity and its collection have their addresses and contexts', () => {
  const operations = `${START}/managedTenantOperations`
  expect(collectionUrl(root, managedTenantOperation, {})).toBe(operations)
  expect(entityUrl(root, managedTenantOperation, {}, ID)).toBe(`${operations}/${ID}`)
  const context = `${START}/$metadata#managedTenantOperations`
  expect(collectionContext(root, managedTenantOperation, {})).toBe(context)
  expect(entityContext(root, managedTenantOperation, {})).toBe(`${context}/$entity`)
  expect(entityContext(root, managedTenantOperation, {}, new Set(['id', 'ä']))).toBe(`${context}(id,%C3%A4)/$entity`)
  const parents = { delegatedAdminRelationshipId: `${ID}-${ID}` }
  const requests = `${START}/$metadata#tenantRelationships/delegatedAdminRelationships('${ID}-${ID}')/requests`
  expect(collectionContext(root, delegatedAdminRelationshipRequest, parents)).toBe(requests)
  expect(entityContext(root, delegatedAdminRelationshipRequest, parents)).toBe(`${requests}/$entity`)
  expect(createdContext(root, delegatedAdminRelationshipRequest, parents)).toBe(
    `${START}/tenantRelationships/$metadata#requests`,
  )
})

test('a parent stands encoded in an address, and as a key with its quotes doubled in a context', () => {
  const parents = { usersId: "o'neil@a.b", managedAppRegistrationId: '$& {usersId}?#%' }
  const registration = '%24%26%20%7BusersId%7D%3F%23%25'
  expect(collectionUrl(root, managedAppOperation, parents)).toBe(
    `${START}/users/o'neil@a.b/managedAppRegistrations/${registration}/operations`,
  )
  expect(collectionContext(root, managedAppOperation, parents)).toBe(
    `${START}/$metadata#users('o''neil@a.b')/managedAppRegistrations('${registration}')/operations`,
  )
})

test('whatever a parent is, its address leads back to it', () => {
  const parent = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text !== '.' && text !== '..')
  fc.assert(
    fc.property(parent, parent, (usersId, managedAppRegistrationId) => {
      const { pathname, search, hash } = new URL(
        entityUrl(root, managedAppOperation, { usersId, managedAppRegistrationId }, ID),
      )
      expect([search, hash]).toEqual(['', ''])
      const segments = pathname.split('/').map(decodeURIComponent)
      expect(segments).toEqual([
        '',
        'beta',
        'users',
        usersId,
        'managedAppRegistrations',
        managedAppRegistrationId,
        'operations',
        ID,
      ])
    }),
  )
})

describe('a skip token', () => {
  const binding = ['tenant', '/beta/managedTenantOperations', '$top=2']
  const refused = (token: string, of: readonly string[] = binding) => {
    expect(() => parseSkipToken(token, of)).toThrow(
      expect.objectContaining({ failure: 'invalidQueryOption', target: '$skiptoken' }),
    )
  }

  test('gives back the position that it was made of, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uuid(), fc.array(fc.string()), (value, id, bound) => {
        const token = toSkipToken({ value, id }, bound)
        expect(token).toMatch(/^[\w-]+$/)
        expect(parseSkipToken(token, bound)).toEqual({ value, id })
      }),
    )
  })

  test('is refused with any character changed, added or left out', () => {
    const token = toSkipToken({ value: '2026-11-23T10:55:47.1230000Z', id: ID }, binding)
    for (let at = 0; at < token.length; at += 1) {
      refused(token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1))
      refused(token.slice(0, at) + token.slice(at + 1))
    }
    for (const more of ['=', 'A', ' ', '\n']) refused(token + more)
  })

  test('is refused with a request other than the one it was issued for', () => {
    const token = toSkipToken({ value: 'a', id: ID }, binding)
    for (const other of [[], ['tenant'], [...binding, ''], binding.toReversed(), ['tenant/beta', ...binding.slice(1)]])
      refused(token, other)
  })

  test('is refused when made up', () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const made = [
      null,
      1,
      'x',
      [],
      ['a', ID],
      ['a', ID, 'x'],
      [1, ID, 'x'],
      ['a', 'x', 'x'],
      [{}, {}, {}],
      { 0: 'a', 1: ID },
    ]
    for (const value of made) refused(encode(value))
    for (const token of ['', 'x', '%', '🐟', 'A'.repeat(100_000)]) refused(token)
  })

  test('says where to get a valid one', () => {
    expect(invalidSkipToken()).toBeInstanceOf(ApiError)
    expect(invalidSkipToken().status).toBe(400)
  })
})
