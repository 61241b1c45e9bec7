import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { AUDIENCE, ISSUERS } from '../../local/identity'
import { CLIENT, mintToken, PARTNER_USER, type TokenOptions } from '../../local/mintToken'
import { newSigningKey, publicJwk } from '../../local/signingKey'
import { type Authority, startAuthority } from '../fakes/authority'
import { type Ledger, NOW, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { withClaims, withDigest, withoutSignature, withPublicKey } from './forgery'
import { verdict } from './replies'
import { operation } from './samples'

const key = newSigningKey()
const GUID_AUDIENCE = '2f8e4c19-6a3d-4b07-95d8-7c1e0b94f6a2'
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'

let ledger: Ledger
let authority: Authority
let services: Ledger['services']
beforeAll(async () => {
  ledger = await startLedger()
  authority = await startAuthority([key])
  services = ledger.with({ AUTH_AUTHORITY: authority.address, AUTH_AUDIENCE: `${AUDIENCE}, ${GUID_AUDIENCE}` })
})
afterAll(async () => {
  await Promise.all([ledger.close(), authority.close()])
})

const token = (options: TokenOptions = {}) => mintToken({ now: NOW, key, ...options })

const post = async (authorization: string, using = services) => {
  const before = await ledger.count(operation.container)
  const reply = await ledger.call({ ...operation, headers: { authorization }, services: using })
  expect(await ledger.count(operation.container)).toBe(before + (reply.status === 201 ? 1 : 0))
  expect(reply.text + reply.logged.join()).not.toContain(authorization.slice(-20))
  return reply
}

const issuer = (version: keyof typeof ISSUERS, tenant: string) => ISSUERS[version].replace('{tenantid}', tenant)
const claims = (claims: Readonly<Record<string, unknown>>, more: TokenOptions = {}) => token({ ...more, claims })
const seconds = Math.floor(NOW.getTime() / 1000)
const OLD = { version: '1.0' } as const
const APP = { app: true } as const

describe('a token is accepted', () => {
  it.each([
    ['of v2, a user', token()],
    ['of v1, a user', token(OLD)],
    ['of v2, an application', token(APP)],
    ['of v1, an application', token({ ...OLD, ...APP })],
    ['for another of our audiences', claims({ aud: GUID_AUDIENCE })],
    ['for several audiences, one of them ours', claims({ aud: ['api://other', AUDIENCE] })],
    ['that has expired within the tolerance', token({ expires: -299 })],
    ['that begins within the tolerance', claims({ nbf: seconds + 300 })],
    ['without a type', token({ header: { typ: undefined } })],
    ['with a tenant in upper case', claims({ tid: TENANT.toUpperCase() })],
  ])('%s', async (_, given) => {
    expect((await post(`Bearer ${given}`)).json).toMatchObject({ partnerTenantId: TENANT })
  })

  it.each(['bearer', 'BEARER', 'Bearer  '])('behind %s', async (scheme) => {
    expect((await post(`${scheme} ${token()}`)).status).toBe(201)
  })
})

describe('a token is refused', () => {
  const stranger = newSigningKey()
  const forged = { key: { ...stranger, kid: key.kid } }
  const invalid: [string, string][] = [
    ['of another authority', claims({ iss: `https://sts.windows.net/${TENANT}/` })],
    ['with the issuer of another tenant', claims({ iss: issuer('2.0', OTHER_TENANT) })],
    ['with the tenant of another issuer', claims({ tid: OTHER_TENANT })],
    ['with the template for an issuer', claims({ iss: ISSUERS['2.0'] })],
    ['of v2 with the issuer of v1', claims({ iss: issuer('1.0', TENANT) })],
    ['of v1 with the issuer of v2', claims({ iss: issuer('2.0', TENANT) }, OLD)],
    ['with an issuer that ends otherwise', claims({ iss: `${issuer('2.0', TENANT)}/` })],
    ['without an issuer', claims({ iss: undefined })],
    ['for another audience', claims({ aud: 'api://other' })],
    ['for an audience in upper case', claims({ aud: AUDIENCE.toUpperCase() })],
    ['for our client', claims({ aud: CLIENT })],
    ['for no audience', claims({ aud: undefined })],
    ['for the whole list', claims({ aud: `${AUDIENCE}, ${GUID_AUDIENCE}` })],
    ['without an algorithm', withoutSignature(token(), 'none')],
    ['without a signature', withoutSignature(token(), 'RS256')],
    ['under the public key', withPublicKey(token(), key, 'spki')],
    ['under the public key, in the other form', withPublicKey(token(), key, 'pkcs1')],
    ['with RS384', withDigest(token(), key, 384)],
    ['with RS512', withDigest(token(), key, 512)],
    ['with other claims', withClaims(token(), { tid: OTHER_TENANT, iss: issuer('2.0', OTHER_TENANT) })],
    ['under another key', token(forged)],
    ['under a key that nobody knows', token({ key: stranger })],
    ['that brings its key', token({ ...forged, header: { jwk: publicJwk(stranger) } })],
    [
      'that says where its key is',
      token({ ...forged, header: { jku: 'http://127.0.0.1:9/', x5u: 'http://127.0.0.1:9/' } }),
    ],
    ['that names no key', token({ header: { kid: undefined } })],
    ['whose key has a number', token({ header: { kid: 1 } })],
    ['that must be understood', token({ header: { crit: ['exp'] } })],
    ['that is not encoded', token({ header: { crit: ['b64'], b64: false } })],
    ['without an end', claims({ exp: undefined })],
    ['with an end that is text', claims({ exp: '2099-01-01' })],
    ['without a beginning', claims({ nbf: undefined })],
    ['without the time it was issued', claims({ iat: undefined })],
    ['of a user, not for access', claims({ azp: undefined })],
    ['of v1, not for access', claims({ appid: undefined }, OLD)],
    ['of v1 with the client of v2', claims({ appid: undefined, azp: CLIENT }, OLD)],
    ['of v2 with the client of v1', claims({ azp: undefined, appid: CLIENT })],
    ['with an empty client', claims({ azp: '' })],
    ['of a personal account', token({ tenant: PERSONAL })],
    ['of no tenant', claims({ tid: undefined })],
    ['of a tenant that is a name', token({ tenant: 'contoso.com' })],
    ['of the version 3.0', claims({ ver: '3.0' })],
    ['of no version', claims({ ver: undefined })],
    ['with permissions in a list', claims({ scp: ['ManagedTenants.ReadWrite.All'] })],
    ['with roles in a text', claims({ scp: undefined, roles: 'ManagedTenants.ReadWrite.All' }, APP)],
  ]
  it.each(invalid)('%s', async (_, given) => {
    const reply = await post(`Bearer ${given}`)
    expect(verdict(reply)).toEqual([401, 'unauthorized', 'invalidToken', 'Authorization'])
    expect(reply.headers.get('www-authenticate')).toContain(`authorization_uri="${authority.address}/`)
    expect(reply.log.tenant).toBeUndefined()
  })

  it.each([
    ['at the end of the tolerance', token({ expires: -300 }), 'tokenExpired'],
    ['long expired', token({ expires: -90_000 }), 'tokenExpired'],
    ['just not valid yet', claims({ nbf: seconds + 301 }), 'tokenNotYetValid'],
  ])('%s', async (_, given, inner) => {
    expect(verdict(await post(`Bearer ${given}`))).toEqual([401, 'unauthorized', inner, 'Authorization'])
  })

  it.each([
    ['of three', (given: string) => `Bearer ${given.split('.').slice(0, 2).join('.')}`],
    ['twice', (given: string) => `Bearer ${given}, Bearer ${given}`],
    ['of five parts', (given: string) => `Bearer ${given}.x.y`],
    ['with another scheme', (given: string) => `DPoP ${given}`],
    ['without a scheme', (given: string) => given],
    ['in quotes', (given: string) => `Bearer "${given}"`],
    ['that ends early', (given: string) => `Bearer ${given.slice(0, -4)}`],
    ['with something behind', (given: string) => `Bearer ${given}=`],
  ])('%s', async (_, toHeader) => {
    expect(verdict(await post(toHeader(token())))[2]).toBe('invalidToken')
  })

  it('whose key is valid for another tenant only', async () => {
    const other = newSigningKey()
    const strict = await startAuthority([other])
    onTestFinished(strict.close)
    strict.publish([other], (version) => ({ issuer: issuer(version, OTHER_TENANT) }))
    const fresh = ledger.with({ AUTH_AUTHORITY: strict.address })
    expect(verdict(await post(`Bearer ${token({ key: other })}`, fresh))[2]).toBe('invalidToken')
    expect(verdict(await post(`Bearer ${token({ key: other, version: '1.0' })}`, fresh))[2]).toBe('invalidToken')
    const own = await post(`Bearer ${token({ key: other, tenant: OTHER_TENANT })}`, fresh)
    expect(verdict(own)[2]).toBe('tenantMismatch')
    strict.publish([other], () => ({}))
    const silent = ledger.with({ AUTH_AUTHORITY: strict.address })
    expect((await post(`Bearer ${token({ key: other })}`, silent)).status).toBe(201)
  })
})

describe('the caller', () => {
  const callerOf = (options: TokenOptions) => services.authenticate(`Bearer ${token(options)}`)

  it('is what the token says', async () => {
    const caller = await callerOf({ permissions: ['a', 'b'] })
    expect(caller).toEqual({
      tenantId: TENANT,
      application: { id: CLIENT, displayName: 'Partner automation' },
      user: { id: PARTNER_USER, displayName: 'Adele Vance' },
      permissions: new Set(['a', 'b']),
    })
  })

  it.each(['1.0', '2.0'] as const)('is an application without a user (%s)', async (version) => {
    const { application, user } = await callerOf({ version, app: true, claims: { name: 'Adele Vance' } })
    expect([application, user]).toEqual([{ id: CLIENT, displayName: 'Partner automation' }, null])
  })

  it.each([
    ['are left out', undefined, null],
    ['are no text', 7, null],
    ['are long', 'x'.repeat(1000), 'x'.repeat(256)],
    ['end in half a character', `${'x'.repeat(255)}\u{1f600}`, 'x'.repeat(255)],
  ])('has null or what fits where names %s', async (_, name, displayName) => {
    const { application, user } = await callerOf({ claims: { name, app_displayname: name } })
    expect([application, user]).toEqual([
      { id: CLIENT, displayName },
      { id: PARTNER_USER, displayName },
    ])
  })

  it('may be a user of whom no id is known', async () => {
    expect((await callerOf({ claims: { oid: undefined } })).user).toEqual({ id: null, displayName: 'Adele Vance' })
  })
})
