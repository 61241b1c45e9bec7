import type { JsonObject } from '../../shared/basics/isObject'
import { type Failure, THROTTLED } from './failures'
import type { Call } from './operationTypes'
import { chance, seededGuid } from './seeded'
import type { Operation, Outcome } from './story'

/** What `{id}`, `{count}` and `{domain}` stand for. */
export interface Values {
  readonly id: string
  readonly count: string
  readonly domain: string
}

/** An HTTP request to Microsoft Graph as it is recorded, with its response. */
export interface Exchange extends JsonObject {
  readonly attempt: number
  readonly statusCode: number | null
  readonly request: JsonObject
  readonly response: JsonObject | null
  /** Milliseconds before the result that it came to. */
  readonly earlier: number
}

const GRAPH = 'https://graph.microsoft.com'

/** The HTTP requests that led to a result. */
export function toExchanges({ type, number }: Operation, outcome: Outcome, values: Values): readonly Exchange[] {
  const { customer, failure, isRepeated } = outcome
  const seed = [number, customer.id, isRepeated ? 2 : 1] as const
  const [first, ...rest] = type.calls
  if (first === undefined) return []
  const make = (call: Call, attempt: number, failed: Failure | undefined, earlier: number): Exchange => {
    const requestId = seededGuid('graph', ...seed, call.path, attempt)
    const response = failed === undefined ? answered(call, requestId, values) : refused(failed, requestId)
    const statusCode = failed === undefined ? call.status : failed.status
    return { attempt, statusCode, request: sent(call, values), response, earlier }
  }
  if (failure !== undefined) {
    const { attempts, retryAfter = 0 } = failure
    const all = Array.from({ length: attempts }, (_, attempt) => attempt)
    return all.map((attempt) => make(first, attempt, failure, (attempts - 1 - attempt) * retryAfter * 1000 + 200))
  }
  // Some succeed at the second attempt.
  const slowed = chance('slowed', ...seed) < 0.03 ? [make(first, 0, THROTTLED, 1200)] : []
  return [
    ...slowed,
    make(first, slowed.length, undefined, 200 + 300 * rest.length),
    ...rest.map((call, index) => make(call, 0, undefined, 200 + 300 * (rest.length - 1 - index))),
  ]
}

function sent({ method, path, body }: Call, values: Values): JsonObject {
  return {
    method,
    url: fill(encodeURI(GRAPH + path.replaceAll('{id}', values.id)), values),
    headers: headers({
      // The service replaces it; it is there so that this can be seen.
      Authorization: 'Bearer an-example-token',
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    }),
    ...(body !== undefined && { body: fill(JSON.stringify(body), values) }),
  }
}

function answered({ method, status, answer }: Call, requestId: string, values: Values): JsonObject {
  if (status === 204) return { status, headers: headers({ 'request-id': requestId }) }
  const usual = method === 'GET' ? { value: [] } : { id: '{id}' }
  const body = fill(JSON.stringify(answer ?? usual), values)
  return { status, headers: headers({ 'Content-Type': 'application/json', 'request-id': requestId }), body }
}

function refused({ status, code, message, retryAfter }: Failure, requestId: string): JsonObject | null {
  if (status === null) return null
  const wait = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  return {
    status,
    headers: headers({ 'Content-Type': 'application/json', 'request-id': requestId, ...wait }),
    body: JSON.stringify({
      error: { code, message, innerError: { 'request-id': requestId, 'client-request-id': requestId } },
    }),
  }
}

function headers(all: Readonly<Record<string, string>>): readonly JsonObject[] {
  return Object.entries(all).map(([name, value]) => ({ name, value }))
}

// A count stands in JSON as a number.
function fill(text: string, { id, count, domain }: Values): string {
  return text.replaceAll('"{count}"', count).replaceAll('{id}', id).replaceAll('{domain}', domain)
}
