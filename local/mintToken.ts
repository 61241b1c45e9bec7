import { createHash, randomBytes, sign } from 'node:crypto'
import { AUDIENCE, ISSUERS, KEY_DIRECTORY } from './identity'
import { type SigningKey, signingKey } from './signingKey'

/** The partner that local tokens and examples belong to unless they say otherwise. */
export const PARTNER_TENANT = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'

/** The user of a delegated token. */
export const PARTNER_USER = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'

/** The client application of a token. */
export const CLIENT = '8d3e6f71-04a9-4b52-b7c8-1e5f9a02d643'

/** The display name of the client application. */
const CLIENT_NAME = 'Partner automation'

/** Every permission that the service knows. */
export const PERMISSIONS = [
  'ManagedTenants.ReadWrite.All',
  'ManagedTenants.Read.All',
  'DelegatedAdminRelationship.ReadWrite.All',
  'DelegatedAdminRelationship.Read.All',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementApps.Read.All',
] as const

/** The contents of a token. `claims` and `header` override the defaults; `undefined` removes a member. */
export interface TokenOptions {
  readonly tenant?: string
  readonly permissions?: readonly string[]
  /** True for an application's own token (`roles`), else a user's (`scp`). */
  readonly app?: boolean
  /** Seconds from now; negative for one that has expired. */
  readonly expires?: number
  readonly version?: keyof typeof ISSUERS
  readonly now?: Date
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly key?: SigningKey
}

/**
 * Signs an access token with the claims that Entra's have
 * (learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
 */
export const mintToken = (options: TokenOptions = {}): string => {
  const { version = '2.0', key = signingKey(KEY_DIRECTORY), header = {}, claims = {} } = options
  const standard = { typ: 'JWT', alg: 'RS256', ...(version === '1.0' && { x5t: key.kid }), kid: key.kid }
  const content = `${encode({ ...standard, ...header })}.${encode({ ...standardClaims(options), ...claims })}`
  return `${content}.${sign('sha256', Buffer.from(content), key.privateKey).toString('base64url')}`
}

const LIFETIME = 3600

// JSON.stringify omits undefined members.
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

const standardClaims = (options: TokenOptions): Record<string, unknown> => {
  const { tenant = PARTNER_TENANT, expires = LIFETIME, version = '2.0', now = new Date(), app = false } = options
  const seconds = Math.floor(now.getTime() / 1000)
  const exp = seconds + expires
  const issued = expires > 0 ? seconds : exp - LIFETIME
  return {
    aud: AUDIENCE,
    iss: ISSUERS[version].replace('{tenantid}', tenant),
    iat: issued,
    nbf: issued,
    exp,
    aio: randomBytes(24).toString('base64'),
    app_displayname: CLIENT_NAME,
    ...client(version, app),
    ...(app ? application(options) : user(options, tenant)),
    rh: `1.${randomBytes(12).toString('base64url')}.`,
    tid: tenant,
    uti: randomBytes(16).toString('base64url'),
    ver: version,
  }
}

// '0': a public client, with which users sign in; '2': a client with a certificate.
const client = (version: keyof typeof ISSUERS, app: boolean) => {
  const authentication = app ? '2' : '0'
  return version === '2.0'
    ? { azp: CLIENT, azpacr: authentication }
    : { appid: CLIENT, appidacr: authentication, ...(!app && { acr: '1', amr: ['pwd', 'mfa'] }) }
}

const application = ({ permissions = PERMISSIONS, tenant = PARTNER_TENANT }: TokenOptions) => {
  // A client has one service principal in each tenant.
  const oid = guidOf(`${tenant}/${CLIENT}`)
  return { idtyp: 'app', oid, sub: oid, roles: permissions }
}

const user = ({ permissions = PERMISSIONS, version = '2.0' }: TokenOptions, tenant: string) => {
  const address = 'adele.vance@partner.example'
  return {
    name: 'Adele Vance',
    oid: PARTNER_USER,
    ...(version === '2.0' ? { preferred_username: address } : { unique_name: address, upn: address }),
    scp: permissions.join(' '),
    // Pairwise: different for each client and tenant.
    sub: createHash('sha256').update(`${tenant}/${CLIENT}/${PARTNER_USER}`).digest('base64url'),
  }
}

const guidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
