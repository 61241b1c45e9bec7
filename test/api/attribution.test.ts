import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT, PARTNER_USER, type TokenOptions } from '../../local/mintToken'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { changeable, operation, result, type Sample, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const ANOTHER = '3b7c9e10-58a2-4f6d-b1e4-90c5a7d2f836'
const AUTOMATION = 'Partner automation'
const TYPE = { '@odata.type': 'microsoft.graph.identitySet' }
const every = samples.map((sample) => [sample.name, sample] as const)
const app = (more: object = {}): TokenOptions => ({
  app: true,
  claims: { azp: ANOTHER, app_displayname: 'Robot', ...more },
})

const create = async (sample: Sample, token: TokenOptions = {}) => {
  const reply = await ledger.call({ path: sample.path, body: sample.body, token })
  expect(reply.status).toBe(201)
  return { ...reply, path: `${sample.path}/${reply.json.id}` }
}

describe('createdBy', () => {
  const kinds: [string, TokenOptions, object, object | null][] = [
    ['a user', {}, { id: CLIENT, displayName: AUTOMATION }, { id: PARTNER_USER, displayName: 'Adele Vance' }],
    [
      'a user, v1',
      { version: '1.0' },
      { id: CLIENT, displayName: AUTOMATION },
      { id: PARTNER_USER, displayName: 'Adele Vance' },
    ],
    [
      'a user, with the name of the application',
      { claims: { app_displayname: 'Console', name: undefined } },
      { id: CLIENT, displayName: 'Console' },
      { id: PARTNER_USER, displayName: null },
    ],
    [
      'a user without an object id',
      { claims: { oid: undefined } },
      { id: CLIENT, displayName: AUTOMATION },
      { id: null, displayName: 'Adele Vance' },
    ],
    ['an application', app(), { id: ANOTHER, displayName: 'Robot' }, null],
    [
      'an application, v1',
      { ...app({ appid: ANOTHER, azp: undefined }), version: '1.0' },
      { id: ANOTHER, displayName: 'Robot' },
      null,
    ],
    ['an application with a name of its own', app({ name: 'nobody' }), { id: ANOTHER, displayName: 'Robot' }, null],
    [
      'names that are no strings',
      { claims: { name: 5, app_displayname: [] } },
      { id: CLIENT, displayName: null },
      { id: PARTNER_USER, displayName: null },
    ],
    [
      'names that no client could take',
      { claims: { name: 'x'.repeat(300), app_displayname: 'half \ud83d' } },
      { id: CLIENT, displayName: 'half ' },
      { id: PARTNER_USER, displayName: 'x'.repeat(256) },
    ],
  ]
  it.each(kinds)('is what the token says: %s', async (_, token, application, user) => {
    const { json, path } = await create(result, token)
    const by = { ...TYPE, application, user }
    expect([json.createdBy, json.lastModifiedBy]).toEqual([by, by])
    expect((await ledger.call({ path })).json.createdBy).toEqual(by)
    expect(Object.keys(json).slice(-2)).toEqual(['createdBy', 'lastModifiedBy'])
    expect(Object.keys(json.createdBy as object /* as just compared */)).toEqual(['@odata.type', 'application', 'user'])
  })

  it.each(every)('is never what a body says: %s', async (_, sample) => {
    const forged = { application: { id: ANOTHER }, user: { id: ANOTHER } }
    const body = { ...sample.body, createdBy: forged, LastModifiedBy: 5, CREATEDBY: null }
    const { status, json } = await ledger.call({ path: sample.path, body })
    expect([status, json.createdBy]).toMatchObject([201, { application: { id: CLIENT }, user: { id: PARTNER_USER } }])
    expect(json.lastModifiedBy).toEqual(json.createdBy)
  })

  it.each(changeable.map((sample) => [sample.name, sample] as const))(
    'stays, and lastModifiedBy is who changed last: %s',
    async (_, sample) => {
      const { path, json } = await create(sample)
      const body = { createdBy: null, lastModifiedBy: null }
      const changed = await ledger.call({ method: 'PATCH', path, body, token: app() })
      expect(changed.json.createdBy).toEqual(json.createdBy)
      expect(changed.json.lastModifiedBy).toEqual({
        ...TYPE,
        application: { id: ANOTHER, displayName: 'Robot' },
        user: null,
      })
    },
  )

  it('is selected and, with metadata=none, answered without its type', async () => {
    const { path } = await create(operation, app())
    const none = await ledger.call({
      path: `${path}?$select=createdBy`,
      headers: { accept: 'application/json;odata.metadata=none' },
    })
    expect(none.json).toEqual({ createdBy: { application: { id: ANOTHER, displayName: 'Robot' }, user: null } })
  })
})

describe('a document older than createdBy', () => {
  it.each(every)('answers null, is changed and is found by it: %s', async (_, sample) => {
    const tenant = { tenant: OTHER_TENANT }
    const { partnerTenantId } = sample.body
    const own =
      partnerTenantId === undefined ? sample : { ...sample, body: { ...sample.body, partnerTenantId: OTHER_TENANT } }
    const ofUser = await create(own, tenant)
    const ofApplication = await create(own, { ...app(), ...tenant })
    const old = await create(own, tenant)
    const {
      createdBy: _c,
      lastModifiedBy: _l,
      ...before
    } = (await ledger.stored(sample.container, String(old.json.id), OTHER_TENANT)) ?? {}
    const { items } = ledger.database.container(sample.container)
    await items.upsert(before)
    const read = await ledger.call({ path: old.path, token: tenant })
    expect([read.json.createdBy, read.json.lastModifiedBy]).toEqual([null, null])
    const found = async (filter: string) => {
      const page = await ledger.call({ path: `${sample.path}?$filter=${filter}`, token: tenant })
      return (page.json.value as { id: string }[]) /* a page of entities */
        .map(({ id }) => id)
        .sort()
    }
    const ids = (...replies: (typeof old)[]) => replies.map(({ json }) => String(json.id)).sort()
    expect(await found('createdBy/user/id eq null')).toEqual(ids(old, ofApplication))
    expect(await found('createdBy/user/id ne null')).toEqual(ids(ofUser))
    expect(await found(`createdBy/user/id eq '${PARTNER_USER}'`)).toEqual(ids(ofUser))
    expect(await found(`not (createdBy/user/id eq '${PARTNER_USER}')`)).toEqual(ids(old, ofApplication))
    expect(await found(`createdBy/application/id eq '${ANOTHER}'`)).toEqual(ids(ofApplication))
    expect(await found(`createdBy/application/id ne '${ANOTHER}'`)).toEqual(ids(ofUser, old))
    if (!sample.changes) return
    const changed = await ledger.call({ method: 'PATCH', path: old.path, body: {}, token: { ...app(), ...tenant } })
    expect([changed.json.createdBy, changed.json.lastModifiedBy]).toMatchObject([
      null,
      { application: { id: ANOTHER } },
    ])
  })
})
