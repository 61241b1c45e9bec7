import { hash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import * as z from 'zod'
import type { Config } from '../config'
import { ApiError, type Failure } from '../errors'
import { lazy } from '../lazy'
import type { Caller } from './caller'
import { type Keys, keepKeys } from './keys'

const TOLERANCE_SECONDS = 300
const REMEMBERED_SECONDS = 300
const REMEMBERED_TOKENS = 10_000

/** Tenant of the personal Microsoft accounts, which have no partner. */
const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

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
  }),
)

/** Verifies the Authorization header of a request; throws `missingToken`, another 401, or `authorityUnavailable`. */
export type Authenticate = (authorization: string | null) => Promise<Caller>

const refuse = (authority: string, failure: Failure, message: string, cause?: unknown): ApiError => {
  const error = failure === 'missingToken' ? '' : `, error="invalid_token", error_description="${message}"`
  const challenge = `Bearer authorization_uri="${authority}/common/oauth2/v2.0/authorize"${error}`
  return new ApiError(failure, message, { target: 'Authorization', headers: { 'WWW-Authenticate': challenge }, cause })
}

const CLAIM_MESSAGES: Readonly<Record<string, string>> = {
  aud: 'The token was issued for another audience.',
  iss: 'The token was issued by another authority or tenant.',
}

const toRefusal = (authority: string, error: unknown): unknown => {
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

// The permissions of a user's token are in `scp`; its `roles` are the user's, and do not count.
const permissionsOf = ({ scp, roles, idtyp, oid, sub }: z.infer<ReturnType<typeof Claims>>): readonly string[] => {
  if (scp !== undefined) return scp.split(' ').filter((name) => name !== '')
  const isApplication = idtyp === 'app' || (oid !== undefined && oid === sub)
  return isApplication ? (roles ?? []) : []
}

const issuerFor = (template: string, tenantId: string): string => template.replaceAll('{tenantid}', tenantId)

const headerOf = (token: string): unknown => {
  try {
    return decodeProtectedHeader(token)
  } catch (cause) {
    throw new errors.JWTInvalid('the header of the token cannot be read', { cause })
  }
}

interface Verified {
  readonly caller: Caller
  /** Seconds since 1970. */
  readonly expires: number
}

const verify = async (
  token: string,
  keysOf: (version: '1.0' | '2.0') => Promise<Keys>,
  config: Config['auth'],
  currentDate: Date,
): Promise<Verified> => {
  const { kid } = Header().parse(headerOf(token))
  // Read before the signature is checked, to know which keys and issuer it must be checked against.
  const { tid, ver } = Claims().parse(decodeJwt(token))
  const keys = await keysOf(ver)
  const { payload } = await jwtVerify(token, keys.find, {
    algorithms: ['RS256'],
    issuer: issuerFor(keys.issuer, tid),
    audience: [...config.audience],
    clockTolerance: TOLERANCE_SECONDS,
    currentDate,
  })
  const claims = Claims().parse(payload)
  const ownIssuer = keys.issuerOf(kid)
  if (ownIssuer !== undefined && issuerFor(ownIssuer, tid) !== payload.iss) {
    throw refuse(config.authority, 'invalidToken', 'The key of the token does not sign for its tenant.')
  }
  if (tid === PERSONAL_TENANT) throw refuse(config.authority, 'invalidToken', 'Personal accounts cannot be used here.')
  const clientId = ver === '2.0' ? claims.azp : claims.appid
  if (clientId === undefined) {
    throw refuse(config.authority, 'invalidToken', 'The token names no client application: it is not an access token.')
  }
  return { caller: { tenantId: tid, clientId, permissions: new Set(permissionsOf(claims)) }, expires: claims.exp }
}

interface Remembered {
  readonly caller: Caller
  /** Milliseconds since 1970. */
  readonly until: number
}

/** Builds the verifier; keys are fetched when a token first needs them, or by `warm`. */
export const buildAuthenticate = (
  config: Config['auth'],
  now: () => Date,
): { authenticate: Authenticate; warm: () => Promise<void> } => {
  const metadata = '.well-known/openid-configuration'
  const v1 = keepKeys(`${config.authority}/common/${metadata}`, config.deadline, now)
  const v2 = keepKeys(`${config.authority}/common/v2.0/${metadata}`, config.deadline, now)
  const remembered = new Map<string, Remembered>()

  const remember = (digest: string, { caller, expires }: Verified, time: number): void => {
    const [oldest] = remembered.size >= REMEMBERED_TOKENS ? remembered.keys() : []
    if (oldest !== undefined) remembered.delete(oldest)
    remembered.set(digest, { caller, until: Math.min(expires * 1000, time + REMEMBERED_SECONDS * 1000) })
  }

  const authenticate: Authenticate = async (authorization) => {
    if (authorization === null) throw refuse(config.authority, 'missingToken', 'The Authorization header is missing.')
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    if (token === undefined)
      throw refuse(config.authority, 'invalidToken', "The Authorization header is not 'Bearer' and one token.")
    const digest = hash('sha256', token, 'base64')
    const time = now()
    const known = remembered.get(digest)
    if (known !== undefined && time.getTime() < known.until) return known.caller
    try {
      const verified = await verify(token, (version) => (version === '2.0' ? v2() : v1()), config, time)
      remember(digest, verified, time.getTime())
      return verified.caller
    } catch (error) {
      throw toRefusal(config.authority, error)
    }
  }

  const warm = async (): Promise<void> => {
    await Promise.all([v1(), v2()])
  }
  return { authenticate, warm }
}
