import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS, type TokenOptions } from '../../local/mintToken'
import { type Ledger, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { verdict } from './replies'
import { appOperation, httpRequest, operation, relationshipRequest, result, type Sample } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const families: [string, Sample][] = [
  ['ManagedTenants', operation],
  ['ManagedTenants', result],
  ['ManagedTenants', httpRequest],
  ['DelegatedAdminRelationship', relationshipRequest],
  ['DeviceManagementApps', appOperation],
]

const MISSING = [403, 'forbidden', 'missingPermission', 'Authorization']

const both = async ({ path, body, container }: Sample, token: TokenOptions) => {
  const before = await ledger.count(container)
  const post = await ledger.call({ path, body, token })
  const get = await ledger.call({ path, token })
  expect(await ledger.count(container)).toBe(before + (post.status === 201 ? 1 : 0))
  return [verdict(post), verdict(get)]
}

describe.each(families.map(([family, sample]) => [sample.name, family, sample] as const))('%s', (_, family, sample) => {
  const write = `${family}.ReadWrite.All`
  const read = `${family}.Read.All`

  it.each([true, false])('is written with one permission and read with two (application: %s)', async (app) => {
    expect(await both(sample, { app, permissions: [write] })).toEqual([[201], [200]])
    expect(await both(sample, { app, permissions: [read] })).toEqual([MISSING, [200]])
    expect(await both(sample, { app, permissions: [read, write] })).toEqual([[201], [200]])
  })

  it('is read, and not written, with what Excel and Power BI ask for', async () => {
    const permissions = ['user_impersonation']
    expect(await both(sample, { permissions })).toEqual([MISSING, [200]])
    expect(await both(sample, { claims: { scp: `openid user_impersonation ${read}` } })).toEqual([MISSING, [200]])
    expect(await both(sample, { app: true, permissions })).toEqual([MISSING, MISSING])
    expect(await both(sample, { claims: { scp: '', roles: permissions } })).toEqual([MISSING, MISSING])
  })

  it.each([true, false])('is not, with all others (application: %s)', async (app) => {
    const others = PERMISSIONS.filter((name) => name !== write && name !== read)
    const alike = [
      write.toLowerCase(),
      `${write}.x`,
      `x${write}`,
      write.slice(0, -1),
      `https://graph/${write}`,
      '*',
      '',
    ]
    expect(await both(sample, { app, permissions: [...others, ...alike] })).toEqual([MISSING, MISSING])
  })
})

describe('permissions are those of', () => {
  const write = 'ManagedTenants.ReadWrite.All'
  const roles = [write]
  const rows: [string, TokenOptions, boolean][] = [
    ['scp', { claims: { scp: write } }, true],
    ['scp, with more spaces', { claims: { scp: `  a   ${write} ` } }, true],
    ['scp, not separated by commas', { claims: { scp: `a,${write}` } }, false],
    ['scp and not roles', { claims: { scp: 'User.Read', roles } }, false],
    ['scp and not roles, even empty', { claims: { scp: '', roles } }, false],
    ['scp and not roles, whatever the token is', { app: true, claims: { scp: 'User.Read', roles } }, false],
    ['scp, though a role is another', { claims: { scp: write, roles: ['x'] } }, true],
    ['roles of an application', { app: true, permissions: roles }, true],
    ['roles where oid equals sub', { app: true, claims: { idtyp: undefined, roles } }, true],
    ['roles where idtyp is app', { app: true, claims: { oid: undefined, roles } }, true],
    ['no roles where nothing says that it is one', { app: true, claims: { idtyp: undefined, sub: 'x', roles } }, false],
    ['no roles of a user', { claims: { scp: undefined, roles } }, false],
    ['no roles of a user, as idtyp says', { claims: { scp: undefined, idtyp: 'user', roles } }, false],
    [
      'no roles where oid and sub are missing',
      { claims: { scp: undefined, oid: undefined, sub: undefined, roles } },
      false,
    ],
    ['nobody', { claims: { scp: undefined } }, false],
    ['an application without any', { app: true, claims: { roles: undefined } }, false],
    ['no groups', { claims: { scp: '', groups: roles, wids: roles } }, false],
  ]
  it.each(rows)('%s', async (_, token, sufficient) => {
    expect((await both(operation, token))[0]).toEqual(sufficient ? [201] : MISSING)
  })
})

describe('allowed tenants', () => {
  const post = (services: Ledger['services'], tenant: string) =>
    ledger.call({
      path: operation.path,
      body: { ...operation.body, partnerTenantId: tenant },
      token: { tenant },
      services,
    })
  const NOT_ALLOWED = [403, 'forbidden', 'tenantNotAllowed', 'Authorization']

  it.each([
    [undefined, [201], [201]],
    ['*', [201], [201]],
    [TENANT, [201], NOT_ALLOWED],
    [` ${TENANT.toUpperCase()} , ${TENANT}`, [201], NOT_ALLOWED],
    [OTHER_TENANT, NOT_ALLOWED, [201]],
    [`${OTHER_TENANT},${TENANT}`, [201], [201]],
    [`${OTHER_TENANT},*`, [201], [201]],
  ])('%s', async (allowed, own, other) => {
    const services = ledger.with({ AUTH_ALLOWED_TENANTS: allowed })
    const before = await ledger.count(operation.container)
    expect(verdict(await post(services, TENANT))).toEqual(own)
    expect(verdict(await post(services, OTHER_TENANT))).toEqual(other)
    const stored = [own, other].filter(([status]) => status === 201).length
    expect(await ledger.count(operation.container)).toBe(before + stored)
  })

  it('and permissions are checked for each request although the token is cached', async () => {
    const raw = ledger.token({ permissions: ['ManagedTenants.ReadWrite.All'] })
    const headers = { authorization: `Bearer ${raw}` }
    const before = ledger.with({})
    const { config } = ledger.with({ AUTH_ALLOWED_TENANTS: OTHER_TENANT })
    const { path, body } = operation
    expect((await ledger.call({ path, body, headers, services: before })).status).toBe(201)
    const after = await ledger.call({ path, body, headers, services: { ...before, config } })
    expect(verdict(after)).toEqual(NOT_ALLOWED)
    const elsewhere = { path: appOperation.path, body: appOperation.body }
    expect(verdict(await ledger.call({ ...elsewhere, headers, services: before }))).toEqual(MISSING)
  })
})
