import fc, { type Arbitrary } from 'fast-check'
import { type Sample, samples } from '../verbs/samples'

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

const often = <T>(weight: number, usual: Arbitrary<T>, other: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other })

const guid = fc.uuid()
const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', 'null', "'", '"', '\u0000', '__proto__', 'a'.repeat(300), '\ud800', '../..', '%00'),
)

// What a header may hold on the wire: no control characters, nothing beyond Latin-1.
const headerText = text.map((value) => value.replace(/[^\x20-\x7e\xa0-\xff]/g, '').trim())

const wellFormed = (value: string): string => Buffer.from(value).toString()

const segment = text.map((value) => encodeURIComponent(wellFormed(value)))

const collectionOf = ({ path }: Sample): Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(path.replace(/^\/[^/]+/, '')) },
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
    guid.map((id) => `/${id}`),
    segment.map((part) => `/${part}`),
  )

const property = fc.constantFrom(
  ...['id', 'name', 'status', 'createdDateTime', 'lastModifiedDateTime', 'partnerUserId', 'requestId', 'isSuccess'],
  ...['attempt', 'statusCode', 'action', 'displayName', 'state', 'version', 'credentials', '_etag', 'custom', 'c'],
)
const literal = fc.oneof(
  fc.constantFrom('null', 'true', '1', '-1', "'a'", "''", "'o''neil'", '2026-11-23T10:55:47Z', '1e999', "'", '((', ''),
  guid,
  text.map((value) => `'${value.replaceAll("'", "''")}'`),
  fc.double().map(String),
)
const comparison = fc
  .tuple(property, fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in', 'has', '=='), literal)
  .map((parts) => parts.join(' '))
const call = fc
  .tuple(fc.constantFrom('startswith', 'ENDSWITH', 'contains', 'length'), property, literal)
  .map(([name, of, value]) => `${name}(${of},${value})`)
const { filter } = fc.letrec<{ filter: string; term: string }>((tie) => ({
  term: fc.oneof(comparison, call, text),
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('term'),
    fc.tuple(tie('filter'), fc.constantFrom('and', 'or', 'AND', 'xor'), tie('filter')).map((parts) => parts.join(' ')),
    tie('filter').map((inner) => `not (${inner})`),
    tie('filter').map((inner) => `(${inner})`),
  ),
}))

const option = fc.oneof(
  filter.map((value) => ['$filter', value]),
  fc.constantFrom('1', '2', '5', '999', '0', '1000', 'x', '', '-1', '1.5').map((value) => ['$top', value]),
  fc.tuple(property, fc.constantFrom('', ' asc', ' desc', ' up', ',id')).map((parts) => ['$orderby', parts.join('')]),
  fc.array(often(5, property, text), { maxLength: 4 }).map((names) => ['$select', names.join(',')]),
  fc.constantFrom('true', 'false', 'TRUE', '1').map((value) => ['$count', value]),
  text.map((value) => ['$skiptoken', value]),
  fc.tuple(text, text).map(([name, value]) => [name, value]),
  text.map((value) => ['$expand', value]),
)
const query = often(
  2,
  fc.constant(''),
  fc
    .array(option, { maxLength: 3 })
    .map((options) => options.map((pair) => pair.map((part) => encodeURIComponent(wellFormed(part))).join('=')))
    .map((pairs) => `?${pairs.join('&')}`),
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

const NAMES = [...new Set(samples.flatMap(({ body }) => Object.keys(body)))]
const ODD_NAMES = ['__proto__', 'constructor', 'ttl', 'id', '_rid', '_write', '@odata.type', 'x@odata.type', '_payload']

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' })
const oddValue = fc.oneof(
  json,
  fc.constantFrom(
    Number.POSITIVE_INFINITY,
    2 ** 53,
    -0,
    1.5,
    '',
    'a'.repeat(5000),
    null,
    [null],
    {},
    { dapAccessToken: 'x' },
  ),
  text,
  guid,
)

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })

// A good body, of which some members are taken away, exchanged, or added.
const mutated = ({ body }: Sample): Arbitrary<unknown> =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES, ...ODD_NAMES), oddValue, { maxKeys: 2 }),
      fc.dictionary(fc.string({ maxLength: 10 }), oddValue, { maxKeys: 1 }),
      fc.array(fc.constantFrom(...NAMES), { maxLength: 1 }),
    )
    .map(([exchanged, added, missing]) =>
      Object.fromEntries(
        Object.entries({ ...body, ...exchanged, ...added }).filter(([name]) => !missing.includes(name)),
      ),
    )

const bodyOf = (sample: Sample): Arbitrary<FuzzRequest['body']> =>
  fc.oneof(
    { weight: 14, arbitrary: fc.constant(JSON.stringify(sample.body)) },
    { weight: 8, arbitrary: mutated(sample).map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.constantFrom(...samples.map((other) => JSON.stringify(other.body))) },
    json.map((value) => JSON.stringify(value)),
    text,
    fc.uint8Array({ maxLength: 50 }),
    fc.integer({ min: 60, max: 70 }).map((depth) => JSON.stringify(nested(depth))),
    fc.constant(undefined),
  )

const HEADERS: Readonly<Record<string, Arbitrary<string>>> = {
  accept: fc.constantFrom('*/*', 'text/html', 'application/json;odata.metadata=none', 'application/json;q=0', ';;,'),
  prefer: fc.constantFrom('return=minimal', 'include-unknown-enum-members', 'return="minimal";a, b', '=;,'),
  'if-match': fc.constantFrom('*', 'W/"JyIxIic="', '"', 'W/"', ', ,'),
  'if-none-match': fc.constantFrom('*', 'W/"JyIxIic="', 'x'),
  'repeatability-request-id': often(4, fc.constantFrom(...fc.sample(guid, { numRuns: 50, seed: 1 })), headerText),
  'repeatability-first-sent': often(6, fc.constant('{now}'), headerText),
  'content-type': often(9, fc.constant('application/json'), headerText),
  'content-encoding': fc.constantFrom('gzip', 'identity', 'deflate, br'),
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
