import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { AUDIENCE, ISSUERS, type Issuer, startIssuer } from '../../local/identity'
import { mintToken, PARTNER_TENANT, PERMISSIONS, type TokenOptions } from '../../local/mintToken'
import { newSigningKey, signingKey } from '../../local/signingKey'

const TENANT = '0f0e0d0c-0b0a-4908-8706-050403020100'

let issuer: Issuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.string() })

const metadata = async (path: string, { authority } = issuer) =>
  Metadata.parse(await (await fetch(`${authority}/common/${path}.well-known/openid-configuration`)).json())

const verify = async (token: string, path = 'v2.0/', from = issuer) => {
  const { issuer: template, jwks_uri } = await metadata(path, from)
  const tenant = String(decodeJwt(token).tid)
  const options = { issuer: template.replace('{tenantid}', tenant), audience: from.audience, algorithms: ['RS256'] }
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), options)
}

describe('the authority', () => {
  test.each([
    ['', '1.0', '/common/discovery/keys'],
    ['v2.0/', '2.0', '/common/discovery/v2.0/keys'],
  ] as const)('publishes metadata and keys below /common/%s', async (path, version, keysPath) => {
    const { issuer: template, jwks_uri } = await metadata(path)
    expect(template).toBe(ISSUERS[version])
    expect(jwks_uri).toBe(issuer.authority + keysPath)
    const { kid } = signingKey('.local')
    const key = { kty: 'RSA', use: 'sig', kid, x5t: kid, n: expect.any(String), e: 'AQAB', issuer: template }
    expect(await (await fetch(jwks_uri)).json()).toEqual({ keys: [key] })
  })

  test('knows no other address', async () => {
    expect((await fetch(`${issuer.authority}/common/oauth2/v2.0/token`)).status).toBe(404)
  })

  test('accepts a token after a restart on another port', async () => {
    const token = mintToken()
    const other = await startIssuer()
    expect(other.authority).not.toBe(issuer.authority)
    expect((await verify(token, 'v2.0/', other)).payload.tid).toBe(PARTNER_TENANT)
    await other.close()
  })

  test('rolls over to another key, and knows no key of a forger', async () => {
    const own = await startIssuer()
    const next = newSigningKey()
    await expect(verify(mintToken({ key: next }), 'v2.0/', own)).rejects.toThrow('no applicable key')
    own.publish([next, signingKey('.local')])
    await verify(mintToken({ key: next }), 'v2.0/', own)
    await verify(mintToken(), 'v2.0/', own)
    const forged = { ...newSigningKey(), kid: next.kid }
    await expect(verify(mintToken({ key: forged }), 'v2.0/', own)).rejects.toThrow('signature')
    await own.close()
  })
})

describe('the signing key', () => {
  test('is made once, for its owner alone, also when several ask at once', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'key-'))
    const issuers = await Promise.all([1, 2, 3].map(() => startIssuer({ directory })))
    expect(await readdir(directory)).toEqual(['signingKey.pem'])
    if (process.platform !== 'win32') expect((await stat(join(directory, 'signingKey.pem'))).mode & 0o777).toBe(0o600)
    await Promise.all(issuers.map((started) => started.close()))
    await rm(directory, { recursive: true })
  })
})

describe('a token', () => {
  const claimsOf = (options?: TokenOptions) => decodeJwt(mintToken(options))
  const common = ['aio', 'app_displayname', 'aud', 'exp', 'iat', 'iss', 'nbf', 'oid', 'rh', 'sub', 'tid', 'uti', 'ver']

  test.each<[string, TokenOptions, string[]]>([
    ['a user, v2', {}, ['azp', 'azpacr', 'name', 'preferred_username', 'scp']],
    ['a user, v1', { version: '1.0' }, ['acr', 'amr', 'appid', 'appidacr', 'name', 'scp', 'unique_name', 'upn']],
    ['an application, v2', { app: true }, ['azp', 'azpacr', 'idtyp', 'roles']],
    ['an application, v1', { app: true, version: '1.0' }, ['appid', 'appidacr', 'idtyp', 'roles']],
  ])('of %s has the claims of its kind and verifies', async (_kind, options, more) => {
    const token = mintToken(options)
    const { payload } = await verify(token, options.version === '1.0' ? '' : 'v2.0/')
    expect(Object.keys(payload).sort()).toEqual([...common, ...more].sort())
    expect(payload).toMatchObject({ aud: AUDIENCE, tid: PARTNER_TENANT, ver: options.version ?? '2.0' })
    expect(payload.scp ?? payload.roles).toEqual(options.app ? [...PERMISSIONS] : PERMISSIONS.join(' '))
    expect(payload.oid === payload.sub).toBe(options.app === true)
    expect('x5t' in decodeProtectedHeader(token)).toBe(options.version === '1.0')
  })

  test('lives an hour, and an expired one lived an hour before it expired', () => {
    const now = new Date('2026-03-01T12:00:00Z')
    const seconds = now.getTime() / 1000
    expect(claimsOf({ now })).toMatchObject({ iat: seconds, nbf: seconds, exp: seconds + 3600 })
    expect(claimsOf({ now, expires: 60 })).toMatchObject({ iat: seconds, exp: seconds + 60 })
    expect(claimsOf({ now, expires: -60 })).toMatchObject({ iat: seconds - 3660, exp: seconds - 60 })
  })

  test('takes tenant, permissions, claims and header from its options', () => {
    const token = mintToken({
      tenant: TENANT,
      permissions: ['A', 'B'],
      claims: { azp: undefined, x: 1 },
      header: { kid: undefined },
    })
    expect(decodeJwt(token)).toMatchObject({ tid: TENANT, iss: `http://127.0.0.1/${TENANT}/v2.0`, scp: 'A B', x: 1 })
    expect(decodeJwt(token)).not.toHaveProperty('azp')
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'JWT', alg: 'RS256' })
  })
})
