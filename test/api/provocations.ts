import type { Attempts, Outcome } from '../../shared/cosmos/attempts'
import { passTime, stopTime } from '../fakes/clock'
import type { Call, Ledger } from '../harness'

/** How a request of an operation is brought to one failure; it starts from a request that would succeed. */
export type Provocation = (call: Call, ledger: Ledger) => Call

const fails = async (): Promise<Outcome<never>> => ({ kind: 'throttled', charge: 0, retryAfter: 60_000 })
const unreachable = async (): Promise<Outcome<never>> => ({ kind: 'refused', charge: 0 })
const full = async (): Promise<Outcome<never>> => ({ kind: 'full', charge: 0 })
const MINUTE = 60_000

const everywhere = (outcome: () => Promise<Outcome<never>>): Partial<Attempts> => ({
  ...{ create: outcome, read: outcome, replace: outcome, remove: outcome, query: outcome },
})

const withStore =
  (attempts: Partial<Attempts>): Provocation =>
  (call, { services }) => {
    const store = { ...services.config.store, throttle: 0 }
    return {
      ...call,
      services: { ...services, config: { ...services.config, store }, attempts: { ...services.attempts, ...attempts } },
    }
  }

const withHeaders =
  (headers: Call['headers']): Provocation =>
  (call) => ({ ...call, headers: { ...call.headers, ...headers } })

const withBody =
  (body: unknown): Provocation =>
  (call) => ({ ...call, body })

const withToken =
  (token: NonNullable<Call['token']> | null): Provocation =>
  (call) => ({ ...call, token })

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

// Time stands still until the fourth race is lost: whoever calls lets it go on afterwards.
const losingEveryRace: Provocation = (call, { services }) => {
  stopTime()
  let races = 0
  const lose = async (): Promise<Outcome<never>> => {
    races += 1
    if (races === 4) passTime(MINUTE)
    return { kind: 'stale', charge: 0 }
  }
  return { ...call, services: { ...services, attempts: { ...services.attempts, replace: lose, remove: lose } } }
}

// The key of the entity that a path names, and what follows it.
const LAST_KEY = /\/[^/]+((?:\/(?:results|httpRequests|summary)(?:\/\$count)?)?)$/

/** One for each failure that an operation can have. */
export const provocations: Readonly<Record<string, Provocation>> = {
  missingToken: withToken(null),
  invalidToken: (call) => ({ ...call, token: null, headers: { ...call.headers, authorization: 'Bearer x' } }),
  tokenExpired: withToken({ expires: -3600 }),
  tokenNotYetValid: withToken({ claims: { nbf: 4_000_000_000 } }),
  missingPermission: withToken({ permissions: ['Other.Read.All'] }),
  tenantNotAllowed: (call, ledger) => ({
    ...call,
    services: ledger.with({ AUTH_ALLOWED_TENANTS: '0b7c2f11-93de-4a6f-8c25-d1e0947ab358' }),
  }),
  authorityUnavailable: (call, ledger) => ({
    ...call,
    services: ledger.with({ AUTH_AUTHORITY: 'http://127.0.0.1:1' }),
  }),
  tooManyInFlight: (call, ledger) => {
    const services = ledger.with({ MAX_IN_FLIGHT: '2' })
    services.concurrency.enter()
    services.concurrency.enter()
    return { ...call, services }
  },
  unexpected: (call, { services }) => ({
    ...call,
    services: { ...services, authenticate: () => Promise.reject(new Error('a defect')) },
  }),
  storeThrottled: withStore(everywhere(fails)),
  storeUnavailable: withStore(everywhere(unreachable)),
  partitionFull: withStore({ create: full, replace: full, remove: full }),
  concurrentChange: losingEveryRace,
  invalidQueryOption: (call) => ({ ...call, path: `${call.path}?$skip=1` }),
  invalidPath: (call) => ({ ...call, path: call.path.replace(/(delegatedAdminRelationships|users)\/[^/]+/, '$1/%07') }),
  unacceptableMediaType: withHeaders({ accept: 'text/html' }),
  invalidHeader: withHeaders({ 'odata-maxversion': '3.0' }),
  repeatabilityRejected: withHeaders({
    'repeatability-request-id': '3b7c9e10-58a2-4f6d-b1e4-90c5a7d2f836',
    'repeatability-first-sent': 'Mon, 23 Nov 2020 10:55:47 GMT',
  }),
  etagMismatch: withHeaders({ 'if-match': '"another"' }),
  unknownResource: (call) => ({
    ...call,
    path: call.path.replace(LAST_KEY, '/00000000-0000-4000-8000-000000000000$1'),
  }),
  emptyPayload: withBody(''),
  invalidJson: withBody('{'),
  invalidPayload: withBody([]),
  payloadTooDeep: withBody({ deep: nested(70) }),
  chunkedPayload: (call) => ({ ...call, body: '', headers: { ...call.headers, 'transfer-encoding': 'chunked' } }),
  payloadTooLarge: withHeaders({ 'content-length': '9000000' }),
  // Short numbers are written in full when they are stored. Nothing grows as much in a closed type.
  documentTooLarge: (call) => ({
    ...call,
    body: JSON.stringify({ ...Object(call.body), many: Array.from({ length: 125_000 }, () => 9e15) }).replaceAll(
      String(9e15),
      '9e15',
    ),
  }),
  unsupportedContentType: withHeaders({ 'content-type': 'text/plain' }),
  invalidEncoding: withHeaders({ 'content-encoding': 'gzip' }),
  unsupportedContentEncoding: withHeaders({ 'content-encoding': 'br' }),
  // Only batches document it.
  unsupportedOperation: (call) => ({ ...call, body: { requests: [{ atomicityGroup: 'a' }] } }),
  tenantMismatch: (call) => ({
    ...call,
    body: { ...Object(call.body), partnerTenantId: '0b7c2f11-93de-4a6f-8c25-d1e0947ab358' },
  }),
}
