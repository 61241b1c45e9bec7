import { existsSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { delegatedAdminRelationshipRequest } from '../../shared/schemas/delegatedAdminRelationshipRequest'
import { managedAppOperation } from '../../shared/schemas/managedAppOperation'
import { managedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import { at, itemsAt, onlyOf, readText, resourcesOf, snapshotOf, stages } from './deployed'
import { types } from './resourceTypes'

const INFRA = new URL('../../infra/', import.meta.url)

const sources = readdirSync(INFRA, { recursive: true })
  .map(String)
  .filter((file) => /\.bicep(param)?$/.test(file))
  .map((file) => `infra/${file.replaceAll('\\', '/')}`)

const main: unknown = JSON.parse(readText('infra/main.json'))

it.each(sources)('%s gives the same today and tomorrow, and needs nothing from elsewhere', (file) => {
  expect(readText(file)).not.toMatch(/\b(utcNow|newGuid|deployer)\(|'(br|ts)[:/]/)
})

it.each(sources)('%s is short enough to read', (file) => {
  expect(readText(file).split('\n').length).toBeLessThan(200)
})

it.each(stages)(
  '%s: every name is known before anything is deployed, but for those that go with the cloud',
  (stage) => {
    const unknown = resourcesOf(stage).filter(({ name }) => name.startsWith('['))
    for (const { type, name } of unknown) {
      expect([types.zone, types.zoneLink], name).toContain(type)
      expect(name).toContain('environment()')
      expect(name).not.toContain('reference(')
    }
  },
)

it.each(stages)('%s: the compiler had nothing to say', (stage) => {
  expect(snapshotOf(stage).diagnostics).toEqual([])
})

it.each(stages)('%s: names fit their resources', (stage) => {
  const limits: Record<string, number> = { [types.storage]: 24, [types.account]: 44, [types.site]: 60 }
  for (const { type, name } of resourcesOf(stage)) expect(name.length, name).toBeLessThanOrEqual(limits[type] ?? 512)
})

it.each(stages)('%s: the group and what is in it can be told by the name of the environment', (stage) => {
  const taggable = resourcesOf(stage).filter(({ tags }) => tags !== undefined)
  expect(taggable.map(({ type }) => type)).toEqual(expect.arrayContaining([types.group, types.site, types.account]))
  const names = taggable.map((resource) => at(resource, 'tags.azd-env-name'))
  expect([...new Set(names)]).toEqual([
    { dev: 'ledger-dev', prod: 'ledger-prod', everything: 'Ledger-Everything-20' }[stage],
  ])
})

it('a name with capitals gives names without, which resources take', () => {
  const capitals = resourcesOf('everything').filter(({ name }) => /Ledger-Everything/.test(name))
  expect(capitals).toEqual([])
  expect(onlyOf('everything', types.group).name).toBe('rg-ledger-everything-20')
})

it('main.json asks for three parameters, and guesses none', () => {
  expect(Object.keys(z.record(z.string(), z.unknown()).parse(at(main, 'parameters'))).sort()).toEqual([
    'environmentName',
    'location',
    'settings',
  ])
  for (const name of ['environmentName', 'location', 'settings']) {
    expect(at(main, `parameters.${name}`), name).not.toHaveProperty('defaultValue')
    expect(at(main, `parameters.${name}.metadata.description`), name).toBeTypeOf('string')
  }
})

const definitions = Object.entries(z.record(z.string(), z.unknown()).parse(at(main, 'definitions')))
const objects = definitions.filter(([, type]) => at(type, 'properties') !== undefined)

it.each(objects)('%s of main.json takes no member that it does not know', (_name, type) => {
  expect(at(type, 'additionalProperties')).toBe(false)
})

it.each(objects)('%s of main.json says what it is', (_name, type) => {
  expect(at(type, 'metadata.description')).toBeTypeOf('string')
})

it('azd builds the project and ships exactly dist, as it is', () => {
  const text = readText('azure.yaml')
  for (const line of ['project: .', 'language: ts', 'host: function', 'dist: dist', 'remoteBuild: false', '  api:']) {
    expect(text).toContain(`${line}\n`)
  }
  expect(existsSync(new URL('../.funcignore', INFRA))).toBe(false)
})

it('azd asks for name and place, and takes the rest from dev', () => {
  const text = readText('infra/main.bicepparam')
  expect(text).toContain("extends 'dev.bicepparam'")
  expect(text).toContain("param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')")
  expect(text).toContain("param location = readEnvironmentVariable('AZURE_LOCATION')")
})

const workflows = readdirSync(new URL('../.github/workflows/', INFRA)).map((file) => `.github/workflows/${file}`)

it.each(workflows)('%s uses no action that can change, and no secret', (file) => {
  const used = [...readText(file).matchAll(/uses: *(\S+)/g)].map(([, action = '']) => action)
  expect(used.length).toBeGreaterThan(0)
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
  expect(readText(file)).not.toMatch(/\bsecrets\./)
})

it('tests run on the oldest Node that is allowed, and on the one in Azure', () => {
  expect(readText('.github/workflows/test.yml')).toContain('node: [20, 24]')
  expect(readText('.github/workflows/test.yml')).toContain('run: npm run infra\n')
})

const registration: unknown = JSON.parse(readText('infra/appRegistration.json'))
const permissions = [managedTenantOperation, delegatedAdminRelationshipRequest, managedAppOperation].flatMap(
  ({ permissions: { write, read } }) => [write, read],
)

it('the app registration exposes every permission of the resources, to users and to applications', () => {
  const scopes = itemsAt(registration, 'api.oauth2PermissionScopes')
  // Excel and Power BI ask for a scope of this name, and no application does.
  expect(scopes.map((scope) => at(scope, 'value'))).toEqual([...permissions, 'user_impersonation'])
  expect(itemsAt(registration, 'appRoles').map((role) => at(role, 'value'))).toEqual(permissions)
})

it('a scope and a role of one name are one permission: Entra wants the same id and the same texts', () => {
  const scopes = itemsAt(registration, 'api.oauth2PermissionScopes').map((scope) => ({
    id: at(scope, 'id'),
    displayName: at(scope, 'adminConsentDisplayName'),
    description: at(scope, 'adminConsentDescription'),
    isEnabled: at(scope, 'isEnabled'),
  }))
  const roles = itemsAt(registration, 'appRoles')
  const both = scopes.slice(0, permissions.length)
  expect(both).toEqual(roles.map((role) => expect.objectContaining(both.find(({ id }) => id === at(role, 'id')))))
  expect(new Set(scopes.map(({ id }) => id)).size).toBe(permissions.length + 1)
})

it('the operator finds every alert and every setting of the parameter files in docs/deploy.md', () => {
  const docs = readText('docs/deploy.md')
  const alerts = [types.alert, types.logAlert].flatMap((type) =>
    resourcesOf('prod', type).map(({ name }) => name.replace(/-ledger-prod-.*$/, '')),
  )
  const read = [...readText('infra/prod.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(
    ([, name]) => name,
  )
  for (const word of [...alerts, ...read, ...permissions]) expect(docs).toContain(`\`${word}\``)
})
