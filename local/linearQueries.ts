import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

interface Helpers {
  stripUndefined: (value: unknown) => unknown
}

// How the code of a query begins: with an array that is copied for each document.
const COPYING =
  /\.reduce\(\(\$, (\w+)\) => typeof \1 !== "undefined" \? \[\.\.\.\$, (\{\s*\w+: \w+\s*\})\] : \$, \[\]\)/g

/**
 * Makes a query of the embedded database linear in the number of documents. By itself it copies all that it has so far
 * for each document, twice, so that among 100,000 documents no query ends within a minute.
 */
export function linearQueries(): void {
  // Typed `any`.
  const helpers = require('@zeit/cosmosdb-query/lib/helpers.js') as Helpers
  helpers.stripUndefined = stripUndefined
  const prototype: object = Object.getPrototypeOf(require('@zeit/cosmosdb-query').default('SELECT * FROM c'))
  const written = Object.getOwnPropertyDescriptor(prototype, 'code')?.get
  if (written === undefined) throw new Error('the queries of the embedded database have changed')
  const texts = new WeakMap<object, string>()
  Object.defineProperty(prototype, 'code', {
    get(this: object): string {
      const text = texts.get(this) ?? String(written.call(this)).replace(COPYING, FLAT)
      texts.set(this, text)
      return text
    },
  })
}

const FLAT = '.flatMap(($1) => typeof $1 !== "undefined" ? [$2] : [])'

// Unlike JSON it removes what is undefined from arrays too.
function stripUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(stripUndefined)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, stripUndefined(member)]))
}
