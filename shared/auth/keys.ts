import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import * as z from 'zod'
import { cooled } from '../basics/cooled'
import { lazy } from '../basics/lazy'
import { ApiError, retryAfter } from '../errors'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const COOLDOWN = 30_000

const Metadata = lazy(() => z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) }))

// With an empty key set every valid token would be refused, so it is rejected and the cached keys stay.
const SigningKeys = lazy(() =>
  z.object({
    keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), issuer: z.string().optional() })).min(1),
  }),
)

/** What the tokens of one version are checked against. */
export interface Keys {
  /** Issuer, with `{tenantid}` where the tenant stands. */
  readonly issuer: string
  /** Finds the key that a token names. */
  readonly find: JWTVerifyGetKey
  /** The `issuer` member of each key: Entra's keys say for which tenants they sign. */
  readonly issuers: ReadonlyMap<string, string | undefined>
}

/** The keys of one version; fetched again when the one of this name is not among them. */
export type KeepKeys = (kid?: string) => Promise<Keys>

/**
 * Caches the keys of one metadata address. They are refreshed every hour without delaying requests, and stay valid for
 * 24 hours if that fails. They are never fetched more than twice a minute, whatever the outcome.
 * `deadline` in milliseconds. Throws `authorityUnavailable`.
 */
export function keepKeys(address: string, deadline: number, now: () => Date): KeepKeys {
  let kept: { readonly keys: Keys; readonly since: number } | undefined

  const refresh = cooled(COOLDOWN, now, async () => {
    const since = now().getTime()
    const keys = await fetchKeys(address, deadline)
    kept = { keys, since }
    return keys
  })

  return async (kid) => {
    const age = now().getTime() - (kept?.since ?? Number.NEGATIVE_INFINITY)
    if (kept !== undefined && age < DAY && (kid === undefined || kept.keys.issuers.has(kid))) {
      // A failure here is retried in half a minute; until then the cached keys are used.
      if (age >= HOUR) refresh().catch(() => undefined)
      return kept.keys
    }
    return refresh()
  }
}

async function fetchKeys(address: string, deadline: number): Promise<Keys> {
  try {
    const signal = AbortSignal.timeout(deadline)
    const { issuer, jwks_uri } = Metadata().parse(await fetchJson(address, signal))
    const set = SigningKeys().parse(await fetchJson(jwks_uri, signal))
    const issuers = new Map(set.keys.map((key) => [key.kid, key.issuer]))
    return { issuer, find: finder(createLocalJWKSet(set)), issuers }
  } catch (error) {
    throw unavailable(error)
  }
}

async function fetchJson(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { signal, redirect: 'error' })
  if (!response.ok) throw new Error(`the authority answered ${response.status}`)
  return response.json()
}

function finder(find: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await find(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error
      // The authority published an invalid key: the token is not to blame.
      throw unavailable(error)
    }
  }
}

// The token cannot be verified, because the authority does not answer.
function unavailable(cause: unknown): ApiError {
  const message = 'The keys that tokens are signed with cannot be fetched: try again.'
  return new ApiError('authorityUnavailable', message, { headers: retryAfter(), cause })
}
