import * as z from 'zod'
import { NO_TOKEN } from '../account/credential'
import { lazy } from '../basics/lazy'
import type { Failed, Outcome } from './attempts'

// What the SDK throws: an ErrorResponse with a numeric code, or an error of Node or of the credential.
const Thrown = lazy(() =>
  z.object({
    name: z.string().optional().catch(undefined),
    code: z.union([z.number(), z.string()]).optional().catch(undefined),
    substatus: z.number().optional().catch(undefined),
    retryAfterInMs: z.number().optional().catch(undefined),
    headers: z.record(z.string(), z.unknown()).optional().catch(undefined),
  }),
)

type Thrown = z.infer<ReturnType<typeof Thrown>>

const BY_STATUS: Readonly<Record<number, Failed>> = {
  400: 'defect',
  401: 'denied',
  403: 'denied',
  404: 'absent',
  409: 'exists',
  412: 'stale',
  413: 'tooLarge',
  429: 'throttled',
}

// Substatus codes: learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb.
const OWNER_NOT_FOUND = 1003
const PARTITION_FULL = 1014

// Temporary failures: the write region or the account is moving, or a replica lags behind the session.
const TRANSIENT = new Set(['403/3', '403/1008', '404/1002'])

const NOTHING_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Name of the error where a region refuses connections but another is left. Nothing was sent. */
export const OTHER_REGION = 'OtherRegionError'

/** Whether the connection was refused, so that nothing was sent. */
export function isRefused(cause: unknown): boolean {
  const { code } = readThrown(cause)
  return typeof code === 'string' && NOTHING_SENT.has(code)
}

/** Whether the store reports that the write region or the account is moving, or that a replica lags behind. */
export function isMoving(cause: unknown): boolean {
  const { code, substatus } = readThrown(cause)
  return TRANSIENT.has(`${code}/${substatus}`)
}

/** The known members of whatever was thrown. */
export function readThrown(cause: unknown): Thrown {
  return Thrown().safeParse(cause).data ?? {}
}

/** The outcome that an error of the SDK stands for. An unrecognized one is `unknown`: it may have been carried out. */
export function toOutcome(cause: unknown): Outcome<never> {
  const thrown = readThrown(cause)
  const outcome = { kind: toKind(thrown, cause), charge: chargeOf(thrown.headers), cause }
  return thrown.retryAfterInMs === undefined ? outcome : { ...outcome, retryAfter: thrown.retryAfterInMs }
}

/** Request units of a response; 0 where the store does not say. */
export function chargeOf(headers: Readonly<Record<string, unknown>> | undefined): number {
  return Number(headers?.['x-ms-request-charge'] ?? 0) || 0
}

function toKind({ name = '', code, substatus }: Thrown, cause: unknown): Failed {
  if (name === NO_TOKEN || name === OTHER_REGION) return 'unsent'
  if (typeof code === 'string') return isRefused(cause) ? 'refused' : 'unknown'
  if (code === 404 && substatus === OWNER_NOT_FOUND) return 'defect'
  if (code === 403 && substatus === PARTITION_FULL) return 'full'
  if (isMoving(cause)) return 'unknown'
  return (code === undefined ? undefined : BY_STATUS[code]) ?? 'unknown'
}
