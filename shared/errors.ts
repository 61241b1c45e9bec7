/** HTTP status of each top-level error code. The codes are permanent; `docs/errors.md` explains each. */
export const statuses = {
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  conflict: 409,
  lengthRequired: 411,
  preconditionFailed: 412,
  contentTooLarge: 413,
  unsupportedMediaType: 415,
  failedDependency: 424,
  tooManyRequests: 429,
  internalServerError: 500,
  notImplemented: 501,
  serviceUnavailable: 503,
  insufficientStorage: 507,
} as const

/** A top-level error code: `error.code` of the envelope. */
export type ErrorCode = keyof typeof statuses

/** The check that failed (`error.innerError.code`) and the top-level code it answers with. */
export const failures = {
  emptyPayload: 'badRequest',
  invalidEncoding: 'badRequest',
  invalidJson: 'badRequest',
  invalidPayload: 'badRequest',
  payloadTooDeep: 'badRequest',
  invalidPath: 'badRequest',
  invalidHeader: 'badRequest',
  invalidQueryOption: 'badRequest',
  notBatchable: 'badRequest',
  missingToken: 'unauthorized',
  invalidToken: 'unauthorized',
  tokenExpired: 'unauthorized',
  tokenNotYetValid: 'unauthorized',
  missingPermission: 'forbidden',
  tenantNotAllowed: 'forbidden',
  tenantMismatch: 'forbidden',
  unknownPath: 'notFound',
  unknownResource: 'notFound',
  unsupportedMethod: 'methodNotAllowed',
  unacceptableMediaType: 'notAcceptable',
  concurrentChange: 'conflict',
  chunkedPayload: 'lengthRequired',
  etagMismatch: 'preconditionFailed',
  repeatabilityRejected: 'preconditionFailed',
  payloadTooLarge: 'contentTooLarge',
  documentTooLarge: 'contentTooLarge',
  responseTooLarge: 'contentTooLarge',
  unsupportedContentType: 'unsupportedMediaType',
  unsupportedContentEncoding: 'unsupportedMediaType',
  dependencyFailed: 'failedDependency',
  storeThrottled: 'tooManyRequests',
  tooManyInFlight: 'tooManyRequests',
  unexpected: 'internalServerError',
  unsupportedOperation: 'notImplemented',
  storeUnavailable: 'serviceUnavailable',
  authorityUnavailable: 'serviceUnavailable',
  partitionFull: 'insufficientStorage',
} as const satisfies Record<string, ErrorCode>

/** An inner error code: `error.innerError.code` of the envelope. */
export type Failure = keyof typeof failures

/** What can be wrong with one property of a body: `error.details[].code`. */
export const detailCodes = [
  'required',
  'invalidType',
  'invalidValue',
  'invalidLength',
  'unknownProperty',
  'reservedName',
  'propertyNotUpdateable',
  'duplicateProperty',
  'invalidName',
] as const

/** The number of problems in a body after which validation stops. */
export const MAX_DETAILS = 100

/** One problem of a body; `target` is the path of the property, like `request.headers[2].name`. */
export interface Detail {
  readonly code: (typeof detailCodes)[number]
  readonly message: string
  readonly target: string
}

interface ApiErrorOptions {
  /** Path of a property, or the name of a header, query option or path parameter. */
  readonly target?: string
  readonly details?: readonly Detail[]
  /** Response headers that belong to this failure, like `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
  /** What happened inside. It goes to the log, never to the caller. */
  readonly cause?: unknown
}

/** A failure meant for the caller. Its message and target are sent to the caller; its cause is only logged. */
export class ApiError extends Error {
  readonly failure: Failure
  readonly target: string | undefined
  readonly details: readonly Detail[] | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(failure: Failure, message: string, options: ApiErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'ApiError'
    this.failure = failure
    this.target = options.target
    this.details = options.details
    this.headers = options.headers ?? {}
  }

  get code(): ErrorCode {
    return failures[this.failure]
  }

  get status(): number {
    return statuses[this.code]
  }
}

/** Turns whatever was thrown into an `ApiError`. Anything else is a defect: a 500 that reveals no details. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  const message = 'The service could not process the request. Quote the request-id when you report it.'
  return new ApiError('unexpected', message, { cause: thrown })
}

const RETRY_AFTER_MS = 2000

/** The Retry-After header, in whole seconds: as long as the store asks for, or two seconds by default. */
export function retryAfter(milliseconds = RETRY_AFTER_MS): Readonly<Record<string, string>> {
  return { 'Retry-After': String(Math.max(1, Math.ceil(milliseconds / 1000))) }
}

/** The largest request body, in bytes: Cosmos DB limits a document to 2 MB, and the service adds its own properties. */
export const MAX_BODY_BYTES = 1_900_000

/** Bytes of the body of a batch. */
export const MAX_BATCH_BYTES = 4_000_000

/** Bytes of the body of a bulk. */
export const MAX_BULK_BYTES = 8_000_000

/** The largest document, in bytes: learn.microsoft.com/azure/cosmos-db/concepts-limits. */
export const MAX_DOCUMENT_BYTES = 2_000_000

/** The failure of a write whose document the store cannot take. */
export function documentTooLarge(): ApiError {
  return new ApiError('documentTooLarge', `The stored document would be larger than ${MAX_DOCUMENT_BYTES} bytes.`)
}

/** The failure of a request for an entity that does not exist or is another partner's. The caller cannot tell which. */
export function unknownResource(): ApiError {
  return new ApiError('unknownResource', 'There is no such resource.')
}
