import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultProxy, startProxy } from '../../fakes/proxy'
import { type Ledger, OTHER_TENANT, startLedger } from '../../harness'
import { filterOf } from './grammar'
import { type Collection, collections, documentsOf } from './properties'

const SEED = 4
const MARK = 'of-another-partner'

let ledger: Ledger
let proxy: FaultProxy

beforeAll(async () => {
  ledger = await startLedger()
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  for (const collection of collections) {
    const { items } = ledger.database.container(collection.container)
    const foreign = fc.sample(documentsOf(collection, OTHER_TENANT), { numRuns: 5, seed: SEED })
    await Promise.all(foreign.map((document) => items.create({ ...document, _mark: MARK })))
    for (let count = 0; count < 4; count++) await ledger.call({ path: collection.path, body: collection.body })
  }
})
afterAll(async () => {
  await proxy.close()
  await ledger.close()
})

const WORDS = [
  'eq',
  'ne',
  'and',
  'or',
  'not',
  'in',
  'null',
  'true',
  "'a'",
  "''",
  "'",
  '(',
  ')',
  ',',
  '1',
  '-',
  '.',
  '@p0',
  'c.',
  'name',
  'status',
  'id',
  'createdDateTime',
  'contains',
  'startswith(name,',
  'partnerTenantId',
  OTHER_TENANT,
  '2026-11-23T10:55:47Z',
  '--',
  '/*',
  ';',
  ' ',
  '\u0000',
  '\ud800',
  '💥',
  '__proto__',
  'constructor',
  'toString',
  '%',
  '\\',
  '"',
  'desc',
  'asc',
  '*',
  '$',
]

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join('')),
)

// A valid filter with a piece taken out, put in or doubled.
const mutated = (collection: Collection): fc.Arbitrary<string> =>
  fc
    .tuple(filterOf(collection, false), fc.nat(), fc.nat(8), fc.constantFrom('', ...WORDS))
    .map(([{ text }, at, length, piece]) => {
      const from = at % (text.length + 1)
      return text.slice(0, from) + piece + text.slice(from + length)
    })

const forgedToken: fc.Arbitrary<string> = fc
  .oneof(
    fc.json(),
    fc.tuple(fc.string(), fc.uuid(), fc.string()).map((parts) => JSON.stringify(parts)),
  )
  .map((json) => Buffer.from(json).toString('base64url'))

const optionsOf = (collection: Collection): fc.Arbitrary<Record<string, string>> => {
  const { properties, ordered } = collection
  const names = fc.constantFrom(...properties.map(({ name }) => name), ...WORDS)
  const options = {
    $filter: fc.oneof(text, { weight: 4, arbitrary: mutated(collection) }),
    $orderby: fc.oneof(
      text,
      fc.tuple(fc.constantFrom(...ordered), text).map((parts) => parts.join(' ')),
    ),
    $select: fc.oneof(
      text,
      fc.array(names).map((parts) => parts.join(',')),
    ),
    $skiptoken: fc.oneof(text, forgedToken),
    $top: fc.oneof(text, fc.integer().map(String), fc.double().map(String)),
    $count: fc.oneof(text, fc.constantFrom('TRUE', 'false', '1')),
  }
  // One by one as well: of several the first wrong one hides the others.
  const single = Object.entries(options).map(([name, value]) => value.map((written) => ({ [name]: written })))
  return fc.oneof(...single, fc.record(options, { requiredKeys: [] }))
}

// Text around a query's parameters, without which two queries of one shape are the same.
const TEMPLATE =
  /^SELECT (TOP \d+ \*|VALUE COUNT\(1\)) FROM c WHERE c\.partnerTenantId = @p0( AND | ORDER BY |$)[A-Za-z0-9_@.,()!=<> ]*$/

describe('whatever the query options contain', () => {
  it.each(collections.map((collection) => [collection.name, collection] as const))(
    'of %s, it is answered or refused, and others’ rows stay theirs',
    async (_, collection) => {
      const services = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint })
      const property = fc.asyncProperty(optionsOf(collection), async (options) => {
        proxy.sent.length = 0
        const query = new URLSearchParams(options)
        const reply = await ledger.call({ path: `${collection.path}?${query}`, services })
        expect([200, 400]).toContain(reply.status)
        expect(reply.text).not.toContain(MARK)
        if (reply.status === 400)
          expect(reply.json).toMatchObject({ error: { innerError: { code: 'invalidQueryOption' } } })
        for (const { query, parameters } of proxy.sent) {
          expect(query).toMatch(TEMPLATE)
          expect(parameters[0]?.value).not.toBe(OTHER_TENANT)
        }
        const value = Array.isArray(reply.json.value) ? reply.json.value : []
        expect(value.every((row: { partnerTenantId?: string }) => row.partnerTenantId !== OTHER_TENANT)).toBe(true)
      })
      await fc.assert(property, { numRuns: 300, seed: SEED })
    },
  )
})
