import { type Call, OTHER_TENANT } from '../harness'
import { operation, RELATIONSHIP } from './samples'

const REPEATABLE = 'Repeatability-Request-ID'
const FIRST_SENT = 'Repeatability-First-Sent'
const ID = '9f1c6e02-4b7d-4a58-8e93-d05b2a7c61f4'
const { path, body } = operation

/** A create of an operation, but for what `call` says, and its answer. */
export interface Refusal {
  readonly name: string
  readonly call: Omit<Partial<Call>, 'services'>
  readonly verdict: readonly (string | number)[]
  readonly headers?: Readonly<Record<string, string>>
  readonly settings?: Readonly<Record<string, string>>
}

const small = { action: 'approve' }
const below = (id: string) => `/beta/tenantRelationships/delegatedAdminRelationships/${id}/requests`
const registration = (user: string, id: string) => `/beta/users/${user}/managedAppRegistrations/${id}/operations`

const bad = (inner: string, target?: string) => [400, 'badRequest', inner, ...(target === undefined ? [] : [target])]
const token = (inner: string) => [401, 'unauthorized', inner, 'Authorization']

/** What is wrong with bodies. */
export const ofBody: readonly Refusal[] = [
  {
    name: 'no body',
    call: { body: undefined, headers: { 'content-type': 'application/json' } },
    verdict: bad('emptyPayload'),
  },
  { name: 'an empty body', call: { body: '' }, verdict: bad('emptyPayload') },
  { name: 'what is not JSON', call: { body: '{' }, verdict: bad('invalidJson') },
  { name: 'JSON and more', call: { body: '{} {}' }, verdict: bad('invalidJson') },
  { name: 'no object', call: { body: '[]' }, verdict: bad('invalidPayload') },
  { name: 'a property missing', call: { body: { ...body, name: undefined } }, verdict: bad('invalidPayload', 'name') },
  {
    name: 'another tenant',
    call: { body: { ...body, partnerTenantId: OTHER_TENANT } },
    verdict: [403, 'forbidden', 'tenantMismatch', 'partnerTenantId'],
  },
  {
    name: 'too many bytes',
    call: { body: 'x'.repeat(1_900_001) },
    verdict: [413, 'contentTooLarge', 'payloadTooLarge', 'Content-Length'],
  },
  {
    name: 'a chunked body that was lost',
    call: { body: undefined, headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } },
    verdict: [411, 'lengthRequired', 'chunkedPayload', 'Transfer-Encoding'],
  },
  {
    name: 'a wrong Content-Type',
    call: { headers: { 'content-type': 'text/plain' } },
    verdict: [415, 'unsupportedMediaType', 'unsupportedContentType', 'Content-Type'],
  },
  {
    name: 'no Content-Type',
    call: { headers: { 'content-type': undefined } },
    verdict: [415, 'unsupportedMediaType', 'unsupportedContentType', 'Content-Type'],
  },
  {
    name: 'a compressed body',
    call: { headers: { 'content-encoding': 'br' } },
    verdict: [415, 'unsupportedMediaType', 'unsupportedContentEncoding', 'Content-Encoding'],
  },
]

/** What is wrong with paths. */
export const ofPath: readonly Refusal[] = [
  ...['x', `${RELATIONSHIP}0`, ID, `${ID}_${ID}`, `{${ID}}-${ID}`, '%00'].map((id) => ({
    name: `the relationship ${id}`,
    call: { path: below(id), body: small },
    verdict: bad('invalidPath', 'delegatedAdminRelationshipId'),
  })),
  ...['%00', 'a%0Ab', '%7F', '%C2%85', 'a%2Fb', '%2f', 'x'.repeat(257)].flatMap((text) => [
    {
      name: `the user ${text}`,
      call: { path: registration(text, 'T'), body: {} },
      verdict: bad('invalidPath', 'usersId'),
    },
    {
      name: `the registration ${text}`,
      call: { path: registration('u', text), body: {} },
      verdict: bad('invalidPath', 'managedAppRegistrationId'),
    },
  ]),
  ...['/v2.0/managedTenantOperations', '/managedTenantOperations', '/beta/managedTenantOperation'].map((unknown) => ({
    name: unknown,
    call: { path: unknown },
    verdict: [404, 'notFound', 'unknownPath'],
  })),
  ...['/beta', '/', '/beta/$metadata'].map((described) => ({
    name: described,
    call: { path: described },
    verdict: [405, 'methodNotAllowed', 'unsupportedMethod'],
    headers: { allow: 'GET, HEAD' },
  })),
  ...['PUT', 'DELETE', 'OPTIONS'].map((method) => ({
    name: method,
    call: { method },
    verdict: [405, 'methodNotAllowed', 'unsupportedMethod'],
    headers: { allow: 'GET, HEAD, PATCH, POST' },
  })),
]

/** What is wrong with headers, tokens and query options. */
export const ofHeaders: readonly Refusal[] = [
  { name: 'no token', call: { token: null }, verdict: token('missingToken') },
  {
    name: 'another scheme',
    call: { token: null, headers: { authorization: 'Basic eDp5' } },
    verdict: token('invalidToken'),
  },
  { name: 'an old token', call: { token: { expires: -3600 } }, verdict: token('tokenExpired') },
  { name: 'a token too early', call: { token: { claims: { nbf: 4e9 } } }, verdict: token('tokenNotYetValid') },
  {
    name: 'no permission',
    call: { token: { permissions: [] } },
    verdict: [403, 'forbidden', 'missingPermission', 'Authorization'],
  },
  {
    name: 'a tenant that is not allowed',
    call: {},
    settings: { AUTH_ALLOWED_TENANTS: OTHER_TENANT },
    verdict: [403, 'forbidden', 'tenantNotAllowed', 'Authorization'],
  },
  ...['text/html', 'application/xml', 'application/json;q=0', 'application/json;odata.metadata=maximal'].map(
    (accept) => ({
      name: `Accept: ${accept}`,
      call: { headers: { accept } },
      verdict: [406, 'notAcceptable', 'unacceptableMediaType', 'Accept'],
    }),
  ),
  { name: 'half of a repetition', call: { headers: { [REPEATABLE]: ID } }, verdict: bad('invalidHeader', FIRST_SENT) },
  {
    name: 'a repetition too late',
    call: { headers: { [REPEATABLE]: ID, [FIRST_SENT]: 'Sat, 21 Nov 2026 10:55:47 GMT' } },
    verdict: [412, 'preconditionFailed', 'repeatabilityRejected', FIRST_SENT],
    headers: { 'repeatability-result': 'rejected' },
  },
  ...['select', 'filter', 'top', 'count', 'expand', 'search', 'skip', 'foo'].map((name) => ({
    name: `$${name}`,
    call: { path: `${path}?$${name}=1` },
    verdict: bad('invalidQueryOption', `$${name}`),
  })),
  { name: 'select', call: { path: `${path}?Select=id` }, verdict: bad('invalidQueryOption', '$select') },
]

/** What is wrong with the service's surroundings. */
export const ofStore: readonly Refusal[] = [
  {
    name: 'a store that is down',
    call: {},
    settings: { COSMOS_ENDPOINT: 'http://127.0.0.1:9' },
    verdict: [503, 'serviceUnavailable', 'storeUnavailable'],
    headers: { 'retry-after': '2' },
  },
  {
    name: 'an authority that is not there',
    call: {},
    settings: { AUTH_AUTHORITY: 'http://127.0.0.1:9' },
    verdict: [503, 'serviceUnavailable', 'authorityUnavailable'],
    headers: { 'retry-after': '2' },
  },
  {
    name: 'a store that lacks the database',
    call: {},
    settings: { COSMOS_DATABASE: 'elsewhere' },
    verdict: [500, 'internalServerError', 'unexpected'],
  },
]
