import { hash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import * as z from 'zod'
import { lazy } from '../basics/lazy'
import type { Config } from '../config'
import { ApiError, type Failure } from '../errors'
import type { Caller } from './caller'
import { type KeepKeys, keepKeys } from './keys'
import { newTokenCache, type Verified } from './tokenCache'

const TOLERANCE_SECONDS = 300

/** Tenant of the personal Microsoft accounts, which have no partner. */
const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

// Part of every challenge: clients that discover how to sign in (Power BI, Excel) look for a realm.
const REALM = 'partner-operations-ledger'

/** The characters of a display name that are kept; it is stored with every record that the caller creates. */
const MAX_NAME = 256

const Header = lazy(() => z.object({ alg: z.literal('RS256'), kid: z.string() }))

// learn.microsoft.com/entra/identity-platform/access-token-claims-reference
const Claims = lazy(() =>
  z.object({
    tid: z.guid().toLowerCase(),
    ver: z.enum(['1.0', '2.0']),
    exp: z.number(),
    nbf: z.number(),
    iat: z.number(),
    azp: z.string().min(1).optional(),
    appid: z.string().min(1).optional(),
    oid: z.string().optional(),
    sub: z.string().optional(),
    idtyp: z.string().optional(),
    scp: z.string().optional(),
    roles: z.array(z.string()).optional(),
    // Names are for display only: an invalid one is no reason to refuse the token.
    app_displayname: z.string().optional().catch(undefined),
    name: z.string().optional().catch(undefined),
  }),
)

type Claimed = z.infer<ReturnType<typeof Claims>>

/** Runs the verification of a token that is not cached, once there is a slot for it. */
export type Admit = (verify: () => Promise<Caller>) => Promise<Caller>

/**
 * Verifies the Authorization header of a request; throws `missingToken`, another 401, or `authorityUnavailable`. A
 * cached token is accepted at once; all others go through `admit`, whose errors are passed on.
 */
export type Authenticate = (authorization: string | null, admit?: Admit) => Promise<Caller>

/** Builds the verifier; keys are fetched when a token first needs them, or by `warm`. */
export function buildAuthenticate(
  config: Config['auth'],
  now: () => Date,
): { readonly authenticate: Authenticate; readonly warm: () => Promise<void> } {
  const metadata = '.well-known/openid-configuration'
  const v1 = keepKeys(`${config.authority}/common/${metadata}`, config.deadline, now)
  const v2 = keepKeys(`${config.authority}/common/v2.0/${metadata}`, config.deadline, now)
  const cache = newTokenCache()

  const verifyOnce = async (token: string, digest: string): Promise<Caller> => {
    const time = now()
    // While this request waited for a slot, another one may have verified the same token.
    const known = cache.get(digest, time)
    if (known !== undefined) return known
    try {
      const verified = await verify(token, (version) => (version === '2.0' ? v2 : v1), config, time)
      cache.set(digest, verified, time)
      return verified.caller
    } catch (error) {
      throw toRefusal(config.authority, error)
    }
  }

  const authenticate: Authenticate = async (authorization, admit = (run) => run()) => {
    const token = parseAuthorization(authorization, config.authority)
    const digest = hash('sha256', token, 'base64')
    return cache.get(digest, now()) ?? admit(() => verifyOnce(token, digest))
  }

  const warm = async (): Promise<void> => {
    await Promise.all([v1(), v2()])
  }
  return { authenticate, warm }
}

function parseAuthorization(authorization: string | null, authority: string): string {
  if (authorization === null) throw refuse(authority, 'missingToken', 'The Authorization header is missing.')
  if (/^(Bearer)? *$/i.test(authorization)) {
    throw refuse(authority, 'missingToken', 'The Authorization header has no token.')
  }
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (token !== undefined) return token
  throw refuse(authority, 'invalidToken', "Authorization must be 'Bearer', a space and one token.")
}

async function verify(
  token: string,
  keysOf: (version: '1.0' | '2.0') => KeepKeys,
  { authority, audience }: Config['auth'],
  currentDate: Date,
): Promise<Verified> {
  const { kid } = Header().parse(decodeHeader(token))
  // Read before the signature is checked, to know which keys and issuer it must be checked against.
  const { tid, ver } = Claims().parse(decodeJwt(token))
  const keys = await keysOf(ver)(kid)
  const { payload } = await jwtVerify(token, keys.find, {
    algorithms: ['RS256'],
    issuer: issuerFor(keys.issuer, tid),
    audience: [...audience],
    clockTolerance: TOLERANCE_SECONDS,
    currentDate,
  })
  const claims = Claims().parse(payload)
  const ownIssuer = keys.issuers.get(kid)
  if (ownIssuer !== undefined && issuerFor(ownIssuer, tid) !== payload.iss) {
    throw refuse(authority, 'invalidToken', 'The key that signed the token is not valid for its tenant.')
  }
  if (tid === PERSONAL_TENANT) throw refuse(authority, 'invalidToken', 'Personal accounts cannot be used here.')
  const clientId = ver === '2.0' ? claims.azp : claims.appid
  if (clientId === undefined) {
    throw refuse(authority, 'invalidToken', 'The token names no client application: it is not an access token.')
  }
  return { caller: toCaller(claims, clientId), expires: claims.exp }
}

function toCaller(claims: Claimed, clientId: string): Caller {
  const { tid, scp, oid = null } = claims
  return {
    tenantId: tid,
    application: { id: clientId, displayName: toName(claims.app_displayname) },
    user: scp === undefined ? null : { id: oid, displayName: toName(claims.name) },
    permissions: new Set(permissionsOf(claims)),
  }
}

// Cuts between characters: half of a surrogate pair could not be stored.
function toName(name: string | undefined): string | null {
  if (name === undefined) return null
  return Buffer.from(name.slice(0, MAX_NAME))
    .toString()
    .replace(/\uFFFD+$/, '')
}

function decodeHeader(token: string): unknown {
  try {
    return decodeProtectedHeader(token)
  } catch (cause) {
    throw new errors.JWTInvalid('the header of the token cannot be read', { cause })
  }
}

// The permissions of a user's token are in `scp`; its `roles` are the user's, and do not count.
function permissionsOf({ scp, roles, idtyp, oid, sub }: Claimed): readonly string[] {
  if (scp !== undefined) return scp.split(' ').filter((name) => name !== '')
  const isApplication = idtyp === 'app' || (oid !== undefined && oid === sub)
  return isApplication ? (roles ?? []) : []
}

function issuerFor(template: string, tenantId: string): string {
  return template.replaceAll('{tenantid}', tenantId)
}

const CLAIM_MESSAGES: Readonly<Record<string, string>> = {
  aud: 'The token was issued for another audience.',
  iss: 'The token was issued by another authority or tenant.',
}

function toRefusal(authority: string, error: unknown): unknown {
  if (error instanceof ApiError) return error
  if (error instanceof errors.JWTExpired) return refuse(authority, 'tokenExpired', 'The token has expired.')
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf') return refuse(authority, 'tokenNotYetValid', 'The token is not valid yet.')
    return refuse(authority, 'invalidToken', CLAIM_MESSAGES[error.claim] ?? 'A claim of the token is not acceptable.')
  }
  if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
    return refuse(authority, 'invalidToken', 'The token is not an access token signed by the authority.', error)
  }
  return error
}

function refuse(authority: string, failure: Failure, message: string, cause?: unknown): ApiError {
  const error = failure === 'missingToken' ? '' : `, error="invalid_token", error_description="${message}"`
  const challenge = `Bearer authorization_uri="${authority}/common/oauth2/v2.0/authorize", realm="${REALM}"${error}`
  return new ApiError(failure, message, { target: 'Authorization', headers: { 'WWW-Authenticate': challenge }, cause })
}
