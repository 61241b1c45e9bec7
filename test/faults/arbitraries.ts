import fc, { type Arbitrary } from 'fast-check'
import { type Sample, samples } from '../api/samples'
import { bodyOf } from './bodies'
import { query } from './queries'
import { guid, often, segment, text } from './texts'

/** A request as a client might send it. `{known}` in its path stands for an entity that was created before. */
export interface FuzzRequest {
  readonly method: string
  readonly path: string
  /** Which of the entities that are known. */
  readonly known: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
  /** Which of the tokens at hand. */
  readonly token: number
}

const METHODS = { GET: 8, HEAD: 2, POST: 10, PUT: 1, PATCH: 6, DELETE: 2, OPTIONS: 1 } as const

// What a header may hold on the wire: no control characters, and beyond ASCII the bytes of UTF-8, which Node wants as
// Latin-1. The platform itself refuses other bytes, without an envelope (`e2e/hostLimits`).
const headerText = text.map((value) =>
  Buffer.from(value.replace(/[^\x20-\x7e\xa0-\xff]/g, '').trim()).toString('latin1'),
)

const collectionOf = ({ path }: Sample): Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(path.replace(/^\/[^/]+/, '')) },
    fc.constant(path.replace(/^\/[^/]+/, '/tenantRelationships/managedTenants')),
    fc.constant(
      path
        .replace(/\/(o'neil|T_1)(?=\/)/g, (_, key: string) => `('${key.replace("'", "''")}')`)
        .replace(/^\/[^/]+/, ''),
    ),
    fc.tuple(segment, segment).map(([user, app]) => `/users('${user}')/managedAppRegistrations(${app})/operations`),
    fc.tuple(segment, segment).map(([user, app]) => `/users/${user}/managedAppRegistrations/${app}/operations`),
    segment.map((relationship) => `/tenantRelationships/delegatedAdminRelationships/${relationship}/requests`),
    fc.array(segment, { maxLength: 6 }).map((parts) => parts.map((part) => `/${part}`).join('')),
  )

const MEMBERS: Readonly<Record<string, number>> = { POST: 1, PATCH: 200, DELETE: 200 }

const memberFor = (method: string): Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant('') },
    { weight: MEMBERS[method] ?? 20, arbitrary: fc.constant('/{known}') },
    fc.constantFrom('/$count', '/'),
    fc.constantFrom('/{known}/results', "('{known}')/results", '/{known}/httpRequests/$count', '/{known}/results()'),
    fc.constantFrom(
      '/{known}/summary',
      '/{known}/microsoft.graph.summary()',
      "('{known}')/Summary()/",
      '/{known}/summary(x)',
    ),
    fc.constantFrom("('{known}')", '({known})', "(id='{known}')", "('{known}')/", '()', '//{known}'),
    guid.map((id) => `/${id}`),
    segment.map((key) => `('${key}')`),
    segment.map((part) => `/${part}`),
  )

const version = often(20, fc.constantFrom('/beta', '/v1.0', '/BETA'), fc.constantFrom('', '/v2.0', '/beta%2F'))

const toPropertyPath = (sample: Sample, method: string): Arbitrary<string> =>
  fc
    .tuple(
      version,
      collectionOf(sample),
      memberFor(method),
      method === 'GET' ? query : often(9, fc.constant(''), query),
    )
    .map((parts) => parts.join(''))
    // What begins otherwise, or holds a zero, the platform answers by itself.
    .map((made) => `/${made.replace(/^\/+/, '').replaceAll('%00', '%01')}`)

const HEADERS: Readonly<Record<string, Arbitrary<string>>> = {
  accept: fc.constantFrom('*/*', 'text/html', 'application/json;odata.metadata=none', 'application/json;q=0', ';;,'),
  prefer: fc.constantFrom(
    ...['return=minimal', 'include-unknown-enum-members', 'return="minimal";a, b', '=;,'],
    ...['odata.maxpagesize=2', 'maxpagesize=0'],
  ),
  'if-match': fc.constantFrom('*', 'W/"JyIxIic="', '"', 'W/"', ', ,'),
  'if-none-match': fc.constantFrom('*', 'W/"JyIxIic="', 'x'),
  'repeatability-request-id': often(4, fc.constantFrom(...fc.sample(guid, { numRuns: 50, seed: 1 })), headerText),
  'repeatability-first-sent': often(6, fc.constant('{now}'), headerText),
  'content-type': often(9, fc.constant('application/json'), headerText),
  'content-encoding': fc.constantFrom('gzip', 'identity', 'deflate, br'),
  'odata-maxversion': fc.constantFrom('4.0', '3.0', 'x'),
  'client-request-id': fc.oneof(guid, headerText),
  'x-ms-client-principal': headerText,
  'x-forwarded-host': headerText,
}
const headers = fc
  .subarray(Object.keys(HEADERS), { maxLength: 3 })
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, HEADERS[name] ?? headerText]))))

const hasBody = (method: string): boolean => !/^(GET|HEAD|OPTIONS)$/.test(method)

const requestOf = (sample: Sample, method: string): Arbitrary<FuzzRequest> =>
  fc.record({
    method: fc.constant(method),
    path: toPropertyPath(sample, method),
    known: fc.nat(),
    headers: often(2, fc.constant({}), headers),
    body: hasBody(method) ? bodyOf(sample) : fc.constant(undefined),
    token: often(9, fc.nat({ max: 3 }), fc.nat()),
  })

/** Any request; most are nearly right. */
export const fuzzRequest: Arbitrary<FuzzRequest> = fc.oneof(
  ...samples.flatMap((sample) =>
    Object.entries(METHODS).map(([method, weight]) => ({ weight, arbitrary: requestOf(sample, method) })),
  ),
)
