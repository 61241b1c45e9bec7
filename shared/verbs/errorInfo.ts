import type { ApiError } from '../errors'

/** The ids of a request, in answers and in the log. */
export interface RequestIds {
  readonly requestId: string
  /** The caller's own id if it is a GUID, else the request's. */
  readonly clientRequestId: string
}

/** What the envelope of a failure has inside: Graph's `error`. */
export function errorInfo(
  { code, failure, message, target, details }: ApiError,
  { requestId, clientRequestId }: RequestIds,
  now: Date,
): Readonly<Record<string, unknown>> {
  const innerError = {
    code: failure,
    // Graph's form of this date: UTC, without a zone.
    date: now.toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': clientRequestId,
  }
  // Members that are undefined are left out of JSON.
  return { code, message, target, details, innerError }
}
