import { type Fault, isSilent, type Refusal, TOO_LATE_MS } from '../fakes/fault'

/** What the service answers: the verb's own success, or a failure that tells the caller to come again. */
export type Outcome = 'success' | 'storeUnavailable' | 'storeThrottled'

/** A fault, and what a caller is told where it happens once, and where it goes on for ever. */
export interface FaultCase {
  readonly name: string
  /** What happens to a request; `refuse` and `mute` happen to connections. */
  readonly fault: Fault | 'refuse' | 'mute'
  readonly once: Outcome
  readonly ever: Outcome
  /** Whether nothing is heard of the request, so that it is its sender who ends it. */
  readonly silent: boolean
  /** Whether the store has done what it was asked for, although it seems to have failed. */
  readonly applied: boolean
}

/** Milliseconds that the store asks to wait where it throttles. */
export const RETRY_AFTER_MS = 60

const HTML = '<html><head><title>Our services aren&#39;t available right now</title></head></html>'

const THROTTLED = { 'x-ms-retry-after-ms': String(RETRY_AFTER_MS), 'x-ms-substatus': '3200' }

const MESSAGES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  408: ['RequestTimeout', 'Message: {"Errors":["The operation timed out."]}'],
  410: ['Gone', 'The requested resource is no longer available at the server.'],
  429: [
    '429',
    'Message: {"Errors":["Request rate is large. More Request Units may be needed, so no changes were made."]}',
  ],
  449: [
    'RetryWith',
    'Message: {"Errors":["Conflicting request to resource has been attempted. Retry to avoid conflicts."]}',
  ],
  500: ['InternalServerError', 'Message: An internal error occurred.'],
  503: ['ServiceUnavailable', 'Message: Service is currently unavailable.'],
}

const refusal = (status: number, body: string): Refusal => ({
  act: 'refuse',
  status,
  body,
  headers: { 'x-ms-activity-id': '0b7c2f11-93de-4a6f-8c25-d1e0947ab358', ...(status === 429 && THROTTLED) },
})

// As a real account words it, and as whatever stands before it might.
const refusals = ([status, [code, message]]: readonly [number, readonly [string, string]]): FaultCase[] => {
  const common = { once: 'success', ever: 'storeUnavailable', silent: false, applied: false } as const
  return [
    {
      ...common,
      name: `${status}`,
      fault: refusal(status, JSON.stringify({ code, message })),
      ever: status === 429 ? 'storeThrottled' : 'storeUnavailable',
    },
    { ...common, name: `${status} without a body`, fault: refusal(status, '') },
    { ...common, name: `${status} in HTML`, fault: refusal(status, HTML) },
  ]
}

const substatus = (name: string, status: number, code: number): FaultCase => ({
  name,
  fault: {
    act: 'refuse',
    status,
    headers: { 'x-ms-substatus': String(code) },
    body: JSON.stringify({ code: String(status), message: 'refused' }),
  },
  once: 'success',
  ever: 'storeUnavailable',
  silent: false,
  applied: false,
})

const transport = (name: string, fault: FaultCase['fault'], applied: boolean): FaultCase => ({
  name,
  fault,
  once: fault === 'refuse' ? 'storeUnavailable' : 'success',
  ever: 'storeUnavailable',
  silent: fault === 'mute' || (typeof fault === 'object' && isSilent(fault)),
  applied,
})

/** Every fault that is tried. */
export const faultCases: readonly FaultCase[] = [
  transport('the request is dropped', { act: 'dropRequest' }, false),
  transport('the answer is dropped', { act: 'dropAnswer' }, true),
  transport('the answer is cut in the middle', { act: 'cutAnswer' }, true),
  transport('the request hangs', { act: 'hang' }, false),
  transport('the answer hangs', { act: 'hangAnswer' }, true),
  transport('the answer is too slow', { act: 'slowAnswer', ms: TOO_LATE_MS }, true),
  { ...transport('the answer is slow', { act: 'slowAnswer', ms: 40 }, true), ever: 'success' },
  transport('the answer is empty', { act: 'replaceAnswer', body: '' }, true),
  transport('the answer is HTML', { act: 'replaceAnswer', body: HTML }, true),
  transport('connections are refused', 'refuse', false),
  transport('connections are accepted and never read', 'mute', false),
  ...Object.entries(MESSAGES).flatMap(([status, texts]) => refusals([Number(status), texts])),
  substatus('403 while writing moves to another region', 403, 3),
  substatus('403 while the account moves', 403, 1008),
  substatus('404 from a replica that lags behind', 404, 1002),
]
