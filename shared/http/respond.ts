import type { HttpResponseInit } from '@azure/functions'
import type { ApiError } from '../errors'

/** What tells one request from another in answers and in the log. */
export interface RequestIds {
  readonly requestId: string
  /** The caller's own id if it is a GUID, else the request's. */
  readonly clientRequestId: string
}

/** What an endpoint answers; the wrapper adds what every answer has. */
export interface Answer {
  readonly status: number
  readonly body?: Readonly<Record<string, unknown>> | string
  readonly headers: Readonly<Record<string, string>>
}

const JSON_TYPE = {
  minimal: 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
  none: 'application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
} as const

/** Headers of an answer with an entity or a collection in it. */
export const jsonHeaders = (metadata: 'minimal' | 'none') => ({
  'Content-Type': JSON_TYPE[metadata],
  'OData-Version': '4.0',
})

const commonHeaders = ({ requestId, clientRequestId }: RequestIds): Record<string, string> => ({
  'request-id': requestId,
  'client-request-id': clientRequestId,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
})

/** The platform's form of an answer, its body left out where none is wanted. */
export const toResponse = ({ status, body, headers }: Answer, ids: RequestIds, wantsBody = true): HttpResponseInit => {
  const all = Object.assign(commonHeaders(ids), headers)
  if (body === undefined || !wantsBody) return { status, headers: all }
  return { status, headers: all, body: typeof body === 'string' ? body : JSON.stringify(body) }
}

/** The answer to a failure: Graph's error envelope. */
export const toFailureAnswer = (error: ApiError, ids: RequestIds, now: Date): Answer => ({
  status: error.status,
  headers: { 'Content-Type': 'application/json', ...error.headers },
  body: {
    error: {
      code: error.code,
      message: error.message,
      ...(error.target === undefined ? {} : { target: error.target }),
      ...(error.details === undefined ? {} : { details: error.details }),
      innerError: {
        code: error.failure,
        // Graph prints this date in UTC, without a zone.
        date: now.toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  },
})
