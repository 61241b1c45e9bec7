import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { errorOf, verdict } from './replies'
import {
  appOperation,
  changeable,
  operation,
  RELATIONSHIP,
  relationshipRequest,
  result,
  type Sample,
  samples,
} from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const create = async ({ path, body }: Sample) => String((await ledger.call({ path, body })).json.id)
const every = samples.map((sample) => [sample.name, sample] as const)
const forms: [string, (id: string) => string][] = [
  ["('id')", (id) => `('${id}')`],
  ['(id)', (id) => `(${id})`],
  ["(id='id')", (id) => `(id='${id}')`],
  ['(id=id)', (id) => `(id=${id})`],
  ['(id) in upper case', (id) => `('${id.toUpperCase()}')`],
  ['percent-encoded', (id) => `%28%27${id}%27%29`],
  ['with a slash at the end', (id) => `('${id}')/`],
]

describe('a key in parentheses', () => {
  it.each(every)('is the entity: %s', async (_, sample) => {
    const id = await create(sample)
    const plain = await ledger.call({ path: `${sample.path}/${id}` })
    for (const [form, key] of forms) {
      const reply = await ledger.call({ path: sample.path + key(id) })
      expect([form, reply.status, reply.json]).toEqual([form, 200, plain.json])
      expect(reply.log.function).toBe(plain.log.function)
      const head = await ledger.call({ method: 'HEAD', path: sample.path + key(id) })
      expect([head.status, head.text]).toEqual([200, ''])
    }
  })

  it.each(changeable.map((sample) => [sample.name, sample] as const))(
    'is changed and deleted: %s',
    async (_, sample) => {
      for (const [form, key] of forms) {
        const id = await create(sample)
        const patched = await ledger.call({ method: 'PATCH', path: sample.path + key(id), body: {} })
        expect([form, patched.status, patched.log.function]).toEqual([form, 200, expect.stringMatching(/Patch$/)])
        const removed = await ledger.call({ method: 'DELETE', path: sample.path + key(id) })
        expect([form, removed.status, removed.log.function]).toEqual([form, 204, expect.stringMatching(/Delete$/)])
        expect((await ledger.call({ path: `${sample.path}/${id}` })).status).toBe(404)
      }
    },
  )

  it('takes no PUT and no POST, and says what it takes', async () => {
    for (const method of ['PUT', 'POST']) {
      const reply = await ledger.call({ method, path: `${operation.path}('${OTHER_TENANT}')`, body: {} })
      expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'DELETE, GET, HEAD, PATCH'])
    }
    const count = await ledger.call({ path: `${operation.path}('$count')` })
    expect(verdict(count)).toEqual([404, 'notFound', 'unknownResource'])
  })

  it('of a parent is that parent, in any mixture', async () => {
    const paths = [
      "/v1.0/users('o''neil')/managedAppRegistrations('T_1')/operations",
      "/v1.0/users('o%27%27neil')/managedAppRegistrations(T_1)/operations",
      "/v1.0/Users(id='o''neil')/managedAppRegistrations/T_1/operations/",
      "/v1.0/users/o'neil/managedAppRegistrations(id='T_1')/operations",
    ]
    const id = await create(appOperation)
    const plain = await ledger.call({ path: `${appOperation.path}/${id}` })
    for (const path of paths) {
      expect((await ledger.call({ path: `${path.replace(/\/$/, '')}('${id}')` })).json).toEqual(plain.json)
      expect((await ledger.call({ path: `${path.replace(/\/$/, '')}/${id}` })).json).toEqual(plain.json)
      const created = await ledger.call({ path, body: appOperation.body })
      expect([created.status, created.headers.get('location')]).toEqual([
        201,
        `http://ledger.test${appOperation.path}/${created.json.id}`,
      ])
      expect((await ledger.call({ path: `${path.replace(/\/$/, '')}/$count` })).status).toBe(200)
    }
    const relationship = `/v1.0/tenantRelationships/delegatedAdminRelationships('${RELATIONSHIP}')/requests`
    const created = await ledger.call({ path: relationship, body: relationshipRequest.body })
    expect(created.headers.get('location')).toContain(relationshipRequest.path)
  })

  it('holds what a user may be called, and is judged like one in a segment', async () => {
    for (const user of ['a(b)', "a(b')", 'a=b', 'id=a', '(', "''"]) {
      const key = `('${encodeURIComponent(user.replaceAll("'", "''"))}')`
      const path = `/beta/users${key}/managedAppRegistrations('x(y)')/operations`
      const { status, json, headers } = await ledger.call({ path, body: appOperation.body })
      expect([user, status]).toEqual([user, 201])
      expect(await ledger.stored(appOperation.container, String(json.id))).toMatchObject({
        usersId: user,
        managedAppRegistrationId: 'x(y)',
      })
      const location = String(headers.get('location')).replace('http://ledger.test', '')
      expect((await ledger.call({ path: location })).json).toEqual(json)
    }
    const mixed = "/beta/users/a(b)/managedAppRegistrations('c')/operations"
    expect((await ledger.call({ path: mixed, body: appOperation.body })).status).toBe(201)
    for (const key of ["('')", "('a%2Fb')", "('a%00')"]) {
      const reply = await ledger.call({ path: `/beta/users${key}/managedAppRegistrations/c/operations` })
      expect(verdict(reply)).toEqual([400, 'badRequest', 'invalidPath', 'usersId'])
    }
  })

  it.each(['()', "('", "'x'", "('a'b')", '(x)y', "('x')('y')"])('is not %s', async (key) => {
    const reply = await ledger.call({ path: `/beta/users${key}/managedAppRegistrations/c/operations` })
    expect(verdict(reply)).toEqual([404, 'notFound', 'unknownPath'])
  })

  it('finds nothing of another partner', async () => {
    const id = await create(result)
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const call = { method, path: `${result.path}('${id}')`, token: { tenant: OTHER_TENANT } }
      const reply = await ledger.call(method === 'PATCH' ? { ...call, body: {} } : call)
      expect(verdict(reply)).toEqual([404, 'notFound', 'unknownResource'])
    }
    expect((await ledger.call({ path: `${result.path}/${id}` })).status).toBe(200)
    expect((await ledger.call({ path: `${result.path}('${id}')`, token: null })).status).toBe(401)
  })
})

describe('slashes', () => {
  it('at the end are ignored, and an empty segment is an unknown path', async () => {
    const id = await create(operation)
    expect((await ledger.call({ path: `${operation.path}/` })).status).toBe(200)
    expect((await ledger.call({ path: `${operation.path}/${id}/` })).status).toBe(200)
    expect((await ledger.call({ path: `${operation.path}/`, body: operation.body })).status).toBe(201)
    for (const path of [
      '/beta//managedTenantOperations',
      `${operation.path}//${id}`,
      `${operation.path}//`,
      `//beta/x`,
    ]) {
      const reply = await ledger.call({ path, token: null })
      expect([path, ...verdict(reply)]).toEqual([path, 404, 'notFound', 'unknownPath'])
    }
  })
})

describe('an unknown path', () => {
  it.each([
    ['/beta/managedTenantOperation', 'Did you mean /beta/managedTenantOperations?'],
    ['/V1.0/managedtenantoperationresult', 'Did you mean /v1.0/managedTenantOperationResults?'],
    ['/beta/managedTenantOperatoins', 'Did you mean /beta/managedTenantOperations?'],
    ['/beta/managedTenantOperationHttpRequest/x/y', 'Did you mean /beta/managedTenantOperationHttpRequests?'],
    ['/beta/deviceManagement/managedTenantOperations', 'Did you mean'],
    [
      '/beta/users/adele/managedAppRegistrations/r/operation',
      'Did you mean /beta/users/{usersId}/managedAppRegistrations/',
    ],
    [
      '/v1.0/tenantRelationships/delegatedAdminRelationships/x',
      'delegatedAdminRelationships/{delegatedAdminRelationshipId}/requests?',
    ],
    ['/beta/groups', 'Collections: '],
    ['/v2.0/managedTenantOperations', 'Paths begin with /beta or /v1.0.'],
    ['/v2.0', 'Paths begin with /beta or /v1.0.'],
  ])('%s names the nearest, or what there is', async (path, hint) => {
    const reply = await ledger.call({ path, token: null })
    expect(verdict(reply)).toEqual([404, 'notFound', 'unknownPath'])
    if (hint !== 'Did you mean') expect(errorOf(reply)?.message).toContain(hint)
  })

  it('is quoted in part and in valid Unicode, however long and strange it is', async () => {
    for (const path of ['x'.repeat(7000), `${'😀'.repeat(60)}`.slice(1), '%00%0d%0a', '%ff', '(((', "'"]) {
      const reply = await ledger.call({ path: `/beta/${path}`, token: null })
      expect([reply.status, errorOf(reply)?.message.isWellFormed(), reply.text.length < 1500]).toEqual([
        404,
        true,
        true,
      ])
    }
  })
})
