import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTVerifyGetKey } from 'jose'
import * as z from 'zod'
import { lazy } from '../basics/lazy'
import { withTimeout } from '../basics/withTimeout'
import { ApiError, retryAfter } from '../errors'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const COOLDOWN = 30_000

const Metadata = lazy(() => z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) }))
const SigningKeys = lazy(() =>
  z.object({ keys: z.array(z.object({ kid: z.string(), issuer: z.string().optional() })).min(1) }),
)

/** What the tokens of one version are checked against. */
export interface Keys {
  /** Issuer, with `{tenantid}` where the tenant stands. */
  readonly issuer: string
  /** Finds the key that a token names; fetches the set again, twice a minute at most, when it is not in it. */
  readonly find: JWTVerifyGetKey
  /** The `issuer` member of a key: Entra's keys say for which tenants they sign. */
  readonly issuerOf: (kid: string) => string | undefined
}

/**
 * Keeps the keys of one metadata address. They are fetched again every hour beside the requests that use them, and
 * serve for 24 hours when that fails. `deadline` in milliseconds. Throws `authorityUnavailable`.
 */
export function keepKeys(address: string, deadline: number, now: () => Date): () => Promise<Keys> {
  let kept: { readonly keys: Keys; readonly since: number } | undefined
  let pending: Promise<Keys> | undefined
  let tried = Number.NEGATIVE_INFINITY

  function refresh(): Promise<Keys> {
    tried = now().getTime()
    pending ??= fetchKeys(address, deadline)
      .then((keys) => {
        kept = { keys, since: now().getTime() }
        return keys
      })
      .finally(() => {
        pending = undefined
      })
    return pending
  }

  return async () => {
    const time = now().getTime()
    if (kept === undefined || time - kept.since >= DAY) {
      try {
        return await withTimeout(refresh(), deadline, () => {
          throw new Error(`the authority did not answer within ${deadline} ms`)
        })
      } catch (error) {
        throw unavailable(error)
      }
    }
    // What fails here is tried again in half a minute; the keys at hand still serve.
    if (time - kept.since >= HOUR && time - tried >= COOLDOWN) refresh().catch(() => undefined)
    return kept.keys
  }
}

async function fetchKeys(address: string, deadline: number): Promise<Keys> {
  const response = await fetch(address, { signal: AbortSignal.timeout(deadline), redirect: 'error' })
  if (!response.ok) throw new Error(`the authority answered ${response.status}`)
  const { issuer, jwks_uri } = Metadata().parse(await response.json())
  const set = createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: deadline,
    cooldownDuration: COOLDOWN,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    [customFetch]: fetchSet,
  })
  await set.reload()
  const find: JWTVerifyGetKey = async (header, token) => {
    try {
      return await set(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error
      throw unavailable(error)
    }
  }
  const issuerOf = (kid: string): string | undefined =>
    SigningKeys()
      .parse(set.jwks())
      .keys.find((key) => key.kid === kid)?.issuer
  return { issuer, find, issuerOf }
}

// A set without keys would make every good token a bad one. Refused here, it leaves those at hand in their place.
const fetchSet: FetchImplementation = async (address, options) => {
  const response = await fetch(address, options)
  if (response.ok) SigningKeys().parse(await response.clone().json())
  return response
}

// The token cannot be judged, because the authority does not answer.
function unavailable(cause: unknown): ApiError {
  const message = 'The keys that tokens are signed with cannot be fetched: try again.'
  return new ApiError('authorityUnavailable', message, { headers: retryAfter(), cause })
}
