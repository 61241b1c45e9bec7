import { readFileSync } from 'node:fs'
import * as z from 'zod'

// What a create writes into the index of the store: the entries of our policy, and those that the policy which Cosmos DB
// gives a container by default would have made of the same document.

const Policy = z.object({
  name: z.string(),
  includedPaths: z.array(z.string()),
  compositeIndexes: z.array(z.array(z.unknown())),
})

const policies = z.array(Policy).parse(JSON.parse(readFileSync('infra/containers.json', 'utf8')))

/** A document as the store has it. */
export type Document = Readonly<Record<string, unknown>>

// Cosmos DB's own properties, but for `_ts`, are never indexed.
const UNINDEXED = new Set(['_rid', '_self', '_etag', '_attachments'])

// Each scalar is an entry; the elements of an array count one by one.
const scalars = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, member) => sum + scalars(member), 0)
    : 1

/** Entries that one create makes in the index. */
export interface IndexCost {
  /** Of included paths, and of the id and `_ts`, which are always indexed. */
  readonly paths: number
  readonly composites: number
  /** Of the policy that includes every path. */
  readonly byDefault: number
}

// The values that an included path leads to: `[]` is each element of an array.
const entries = (value: unknown, [step, ...rest]: readonly string[]): number => {
  if (step === '?') return value === undefined ? 0 : 1
  if (step === undefined || typeof value !== 'object' || value === null) return 0
  if (step !== '[]') return entries(Reflect.get(value, step), rest)
  return Array.isArray(value) ? value.reduce<number>((sum, element) => sum + entries(element, rest), 0) : 0
}

/** Counts the entries that a document makes in the index of its container. */
export const indexCost = (container: string, document: Document): IndexCost => {
  const policy = policies.find(({ name }) => name === container)
  if (policy === undefined) throw new Error(`there is no container ${container}`)
  const names = Object.keys(document).filter((name) => !UNINDEXED.has(name))
  const always = names.filter((name) => name === 'id' || name === '_ts').length
  return {
    paths: policy.includedPaths.reduce((sum, path) => sum + entries(document, path.split('/').slice(1)), always),
    composites: policy.compositeIndexes.length,
    byDefault: names.reduce((sum, name) => sum + scalars(document[name]), 0),
  }
}
