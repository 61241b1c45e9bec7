import fc, { type Arbitrary } from 'fast-check'
import { type Sample, samples } from '../api/samples'
import { guid, text } from './texts'

const NAMES = [...new Set(samples.flatMap(({ body }) => Object.keys(body)))]
const ODD_NAMES = [
  ...['__proto__', 'constructor', 'ttl', 'id', '_rid', '_write', '@odata.type', 'x@odata.type', '_payload'],
  ...[
    '@odata.context',
    '@etag',
    '@type',
    'name@odata.bind',
    '@timestamp',
    'createdBy',
    'LastModifiedBy',
    'a b',
    '',
    '0',
  ],
  ...['Status', 'EXCEPTION', 'Credentials', 'DapAccessToken', 'Request', 'Target'],
]

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
    { DapAccessToken: 'x', dapaccesstoken: 'y' },
    { Headers: [{ Name: 'Cookie', VALUE: 'x' }], 'headers@odata.type': 'x', '@odata.type': null },
    { more: ['\ud83d', { '\udc00': 1 }] },
    { TenantIds: Array.from({ length: 10_001 }, () => 0), tenantIds: null },
    { lambdaDefinitions: Array.from({ length: 101 }, () => ({ type: 'x' })) },
  ),
  text,
  guid,
)

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })

const respelt = (value: unknown, spell: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((element) => respelt(element, spell))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [spell(name), respelt(member, spell)]))
}
const spellings = [
  (name: string) => name.charAt(0).toUpperCase() + name.slice(1),
  (name: string) => name.toUpperCase(),
  (name: string) => name.toLowerCase(),
]

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

/** The body of a request: a good one, one that is nearly good, or anything. */
export const bodyOf = (sample: Sample): Arbitrary<string | Uint8Array | undefined> =>
  fc.oneof(
    { weight: 14, arbitrary: fc.constant(JSON.stringify(sample.body)) },
    { weight: 8, arbitrary: mutated(sample).map((value) => JSON.stringify(value)) },
    fc.tuple(mutated(sample), fc.constantFrom(...spellings)).map((parts) => JSON.stringify(respelt(...parts))),
    fc.constantFrom(...spellings).map((spell) => JSON.stringify(respelt(sample.body, spell))),
    { weight: 2, arbitrary: fc.constantFrom(...samples.map((other) => JSON.stringify(other.body))) },
    json.map((value) => JSON.stringify(value)),
    text,
    fc.uint8Array({ maxLength: 50 }),
    fc.integer({ min: 60, max: 70 }).map((depth) => JSON.stringify(nested(depth))),
    fc.constant(undefined),
  )
