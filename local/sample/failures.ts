/** Why an operation failed for a customer. */
export interface Failure {
  /** HTTP status of every attempt; null where there was no answer. */
  readonly status: number | null
  /** Code and message of Graph's error. */
  readonly code: string
  readonly message: string
  /** How many times it was tried. */
  readonly attempts: number
  readonly exception: string
  /** Seconds until the next attempt, as Graph asks for. */
  readonly retryAfter?: number
  /** Whether running it again may help. */
  readonly isTransient: boolean
}

/** The partner has lost its access to the customer. */
export const GDAP_EXPIRED: Failure = {
  status: 403,
  code: 'Authorization_RequestDenied',
  message: 'Insufficient privileges to complete the operation.',
  attempts: 1,
  exception:
    '403 Forbidden (Authorization_RequestDenied): Insufficient privileges to complete the operation. The GDAP relationship with this customer has expired.',
  isTransient: false,
}

/** The customer lacks what the request needs. */
export const LICENSE_LACKING: Failure = {
  status: 403,
  code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  message: "Neither tenant is B2C or tenant doesn't have premium license",
  attempts: 1,
  exception:
    "403 Forbidden (Authentication_RequestFromNonPremiumTenantOrB2CTenant): Neither tenant is B2C or tenant doesn't have premium license. This customer has no license of Microsoft Entra ID P1.",
  isTransient: false,
}

/** A request that Graph throttles, however often it is tried. */
export const THROTTLED: Failure = {
  status: 429,
  code: 'TooManyRequests',
  message: 'Too many requests',
  attempts: 3,
  retryAfter: 10,
  exception: '429 Too Many Requests (TooManyRequests): Too many requests. Given up after 3 attempts.',
  isTransient: true,
}

const UNAVAILABLE: Failure = {
  status: 503,
  code: 'ServiceUnavailable',
  message: 'The service is temporarily unavailable. Retry later.',
  attempts: 2,
  retryAfter: 20,
  exception:
    '503 Service Unavailable (ServiceUnavailable): The service is temporarily unavailable. Given up after 2 attempts.',
  isTransient: true,
}

const NO_ANSWER: Failure = {
  status: null,
  code: '',
  message: '',
  attempts: 1,
  exception: 'Microsoft Graph did not answer within 100 seconds.',
  isTransient: true,
}

const NOT_FOUND: Failure = {
  status: 404,
  code: 'ResourceNotFound',
  message: 'The requested resource does not exist.',
  attempts: 1,
  exception: '404 Not Found (ResourceNotFound): The requested resource does not exist.',
  isTransient: false,
}

/** What goes wrong now and then, for any customer; as often as it stands here. */
export const OCCASIONAL: readonly Failure[] = [
  ...[THROTTLED, THROTTLED, THROTTLED, THROTTLED],
  ...[UNAVAILABLE, UNAVAILABLE],
  ...[NOT_FOUND, NOT_FOUND],
  NO_ANSWER,
]
