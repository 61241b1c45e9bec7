import type { HttpResponseInit } from '@azure/functions'
import type { ApiError } from '../errors'
import type { Answer } from '../verbs/answer'
import { errorInfo, type RequestIds } from '../verbs/errorInfo'

/** The answer as the platform wants it, without its body where none is allowed. */
export function toResponse({ status, body, headers }: Answer, ids: RequestIds, wantsBody = true): HttpResponseInit {
  const all = Object.assign(commonHeaders(ids), headers)
  if (body === undefined || !wantsBody) return { status, headers: all }
  const isText = typeof body === 'string' || body instanceof Uint8Array
  return { status, headers: all, body: isText ? body : JSON.stringify(body) }
}

/** An answer as it stands in that of a batch, as JSON: what is no JSON becomes a string of it. */
export function toBatchResponse(
  id: string,
  { status, body, headers }: Answer,
  ids: RequestIds,
  wantsBody: boolean,
): string {
  const head = JSON.stringify({ id, status, headers: Object.assign(commonHeaders(ids), headers) })
  if (body === undefined || !wantsBody) return head
  const isJson = typeof body === 'string' && headers['Content-Type']?.startsWith('application/json') === true
  return `${head.slice(0, -1)},"body":${isJson ? body : JSON.stringify(body)}}`
}

/** The answer to a failure: Graph's error envelope. */
export function toFailureAnswer(error: ApiError, ids: RequestIds, now: Date): Answer {
  const { status, headers } = error
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: { error: errorInfo(error, ids, now) },
  }
}

function commonHeaders({ requestId, clientRequestId }: RequestIds): Record<string, string> {
  return {
    'request-id': requestId,
    'client-request-id': clientRequestId,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}
