import type { Failure } from '../errors'

/** When each check fails, as `docs/errors.md` says it. */
export const meanings: Readonly<Record<Failure, string>> = {
  emptyPayload: 'there is no body',
  invalidEncoding: '`Content-Encoding` says gzip, and the body is cut off, damaged or no gzip',
  invalidJson: 'the body is not JSON, or not UTF-8',
  invalidPayload: 'the body is not an object, or properties are invalid',
  payloadTooDeep: 'objects and arrays are nested more than 62 levels deep',
  invalidPath: 'a parameter of the path is malformed',
  invalidHeader:
    'a Repeatability header is malformed, or one of the two is missing (`Repeatability-Result: rejected`); or `OData-MaxVersion` is below 4.0',
  invalidQueryOption: 'an option that this request does not take, one given twice, or an invalid value',
  notBatchable: 'in a batch: the request has to stand alone, like another batch or a description',
  missingToken: 'no `Authorization` header, or `Bearer` without a token',
  invalidToken: 'not a token of the authority, a token for another audience, an ID token, or one of a personal account',
  tokenExpired: 'the token expired more than five minutes ago',
  tokenNotYetValid: 'the token is not valid yet',
  missingPermission: 'the token lacks the permission that the message names',
  tenantNotAllowed: 'this service serves other tenants only',
  tenantMismatch: '`partnerTenantId` is not the tenant of the token',
  unknownPath: 'no such path, or a version other than `beta` and `v1.0`',
  unknownResource: 'your tenant has no such resource below this parent',
  unsupportedMethod: 'the path does not support this method',
  unacceptableMediaType: '`Accept` or `$format` excludes JSON, or asks for an unknown `odata.metadata`',
  concurrentChange: 'other requests kept changing the resource until the deadline',
  chunkedPayload: 'the body came with `Transfer-Encoding: chunked`, which the platform drops',
  etagMismatch:
    '`If-Match` does not name the current version or is malformed; or `If-None-Match` of a write names the current version',
  repeatabilityRejected:
    'first sent over 24 hours ago or over 5 minutes in the future; or the same id with another body',
  payloadTooLarge: 'the body has more than 1,900,000 bytes (a batch 4,000,000, a bulk 8,000,000), decoded',
  documentTooLarge: 'the stored document would have more than 2,000,000 bytes',
  responseTooLarge: 'in a batch: the answer to this GET would make that of the batch larger than 8,000,000 bytes',
  dependencyFailed:
    'in a batch: a request that this one depends on failed, or one before it under `continue-on-error=false`',
  unsupportedContentType: '`Content-Type` is not `application/json` in UTF-8',
  unsupportedContentEncoding: 'the body is encoded other than by gzip',
  storeThrottled: 'the store is busy',
  tooManyInFlight:
    'this instance is handling as many requests as it can, your tenant has half of them, or too many tokens are waiting to be verified',
  unsupportedOperation: 'a part of OData that this service lacks: the message names it',
  unexpected: 'a defect of the service, an invalid setting, or a store that refuses the service',
  storeUnavailable:
    'the store, or the service that identifies us to it, cannot be reached or answers too late; the message says whether a change may have been made',
  authorityUnavailable: 'the keys that sign tokens cannot be fetched; they are retried twice a minute',
  partitionFull: "your tenant's part of this collection has reached 20 GB, the store's limit; nothing was changed",
}
