import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger, TENANT } from '../../harness'
import { type Filter, filterOf } from './grammar'
import { aliasesOf, holds } from './meaning'
import { type Collection, collections, type Document, documentsOf, type Property, valueAt } from './properties'

const SEED = 20261123

let ledger: Ledger
const stored = new Map<string, readonly Document[]>()

beforeAll(async () => {
  ledger = await startLedger()
  for (const collection of collections) {
    const own = fc.sample(documentsOf(collection, TENANT), { numRuns: 60, seed: SEED })
    const foreign = fc.sample(documentsOf(collection, OTHER_TENANT), { numRuns: 20, seed: SEED + 1 })
    const { items } = ledger.database.container(collection.container)
    await Promise.all([...own, ...foreign].map((document) => items.create(document)))
    stored.set(collection.name, own)
  }
})
afterAll(() => ledger.close())

// What to group by: a property, or the day.
type Key = Property | 'DAY'

interface Question {
  readonly filter: Filter | undefined
  readonly keys: readonly Key[]
  readonly includeUnknown: boolean
}

const keysOf = ({ properties, ordered }: Collection): Key[] => [
  ...properties.filter(({ type, collection, name }) => type !== 'date' && collection !== true && name !== 'id'),
  ...(ordered.includes('createdDateTime') ? ['DAY' as const] : []),
]

const nameOf = (key: Key): string => (key === 'DAY' ? key : key.name)

const seen = (document: Document, key: Key, includeUnknown: boolean): unknown => {
  if (key === 'DAY') return String(document.createdDateTime).slice(0, 10)
  const value = valueAt(document, key)
  return !includeUnknown && key.hidden?.includes(String(value)) === true ? 'unknownFutureValue' : value
}

const at = (group: unknown, path: string): unknown =>
  path
    .split('/')
    .reduce<unknown>((value, step) => (value instanceof Object ? Reflect.get(value, step) : undefined), group)

const expected = (documents: readonly Document[], { filter, keys, includeUnknown }: Question): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const document of documents.filter((one) => filter === undefined || holds(filter, one, includeUnknown))) {
    const key = JSON.stringify(keys.map((key) => seen(document, key, includeUnknown)))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

const check = async (collection: Collection, question: Question): Promise<void> => {
  const { filter, keys, includeUnknown } = question
  const prefix = filter === undefined ? '' : `filter(${filter.text})/`
  const compute = keys.includes('DAY') ? 'compute(date(createdDateTime) as DAY)/' : ''
  const apply = `${prefix}${compute}groupby((${keys.map(nameOf).join(',')}),aggregate($count as n))`
  const aliases =
    filter === undefined ? [] : [...aliasesOf(filter)].map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
  const headers = includeUnknown ? { prefer: 'include-unknown-enum-members' } : {}
  const option = (text: string) => `${collection.path}?$apply=${encodeURIComponent(text)}${aliases.join('')}`
  const { status, text, json } = await ledger.call({ path: option(apply), headers })
  fc.pre(!text.includes('too complex'))
  expect([apply, status, status === 200 ? '' : text]).toEqual([apply, 200, ''])
  const groups = json.value as { n: number }[]
  const counted = groups.map((group) => [JSON.stringify(keys.map((key) => at(group, nameOf(key)))), group.n] as const)
  const counts = expected(stored.get(collection.name) ?? [], question)
  expect(groups).toHaveLength(counts.size)
  expect(new Map(counted)).toEqual(counts)
  const total = await ledger.call({ path: option(`${prefix}aggregate($count as n)`), headers })
  expect(total.json.value).toEqual([{ n: [...counts.values()].reduce((sum, count) => sum + count, 0) }])
}

describe('$apply answers what plain JavaScript counts', () => {
  const named = collections.map((collection) => [collection.name, collection] as const)

  it.each(named)('for each grouping of %s', async (_, collection) => {
    const keys = keysOf(collection)
    for (const [index, key] of keys.entries()) {
      for (const includeUnknown of [false, true])
        await check(collection, { filter: undefined, keys: [key], includeUnknown })
      for (const other of keys.slice(index + 1)) {
        await check(collection, { filter: undefined, keys: [key, other], includeUnknown: index % 2 === 0 })
      }
    }
  })

  it.each(named)('for each grouping of %s, of what a filter lets through', async (_, collection) => {
    const question = fc.boolean().chain((includeUnknown) =>
      fc.record({
        filter: filterOf(collection, includeUnknown),
        keys: fc.uniqueArray(fc.constantFrom(...keysOf(collection)), { minLength: 1, maxLength: 2 }),
        includeUnknown: fc.constant(includeUnknown),
      }),
    )
    const property = fc.asyncProperty(question, (one) => check(collection, one))
    await fc.assert(property, { numRuns: 20, seed: SEED })
  })
})
