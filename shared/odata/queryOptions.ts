import { ApiError } from '../errors'

// The query options that OData defines; with `$` or without it they mean the same (OData 4.01 part 2, 5.1).
const KNOWN = new Set([
  'filter',
  'orderby',
  'select',
  'top',
  'count',
  'skiptoken',
  'format',
  'skip',
  'expand',
  'search',
  'apply',
  'compute',
])

/** Values of the query options of a request, by name without `$`; parameter aliases are under their own, like `@p`. */
export type QueryOptions = ReadonlyMap<string, string>

/** Reads the query options. One that the endpoint does not take, or one given twice, throws `invalidQueryOption`. */
export function parseQueryOptions(query: URLSearchParams, allowed: readonly string[]): QueryOptions {
  const options = new Map<string, string>()
  for (const [given, value] of query) {
    const lower = given.trim().toLowerCase()
    const isAlias = lower.startsWith('@')
    const name = isAlias ? given.trim() : lower.replace(/^\$/, '')
    if (name === lower && !isAlias && !KNOWN.has(name)) continue
    const target = (isAlias ? name : `$${name}`).slice(0, 64)
    if (!isAlias && !allowed.includes(name)) {
      throw invalid(target, `The query option '${target}' cannot be used here. ${toSentence(allowed)}`)
    }
    if (options.has(name)) throw invalid(target, `The query option '${target}' is given twice.`)
    options.set(name, value)
  }
  return options
}

/** The value of one query option, not yet validated; undefined where it is absent. */
export function findQueryOption(query: URLSearchParams, name: string): string | undefined {
  const [, value] = [...query].find(([given]) => given.trim().toLowerCase().replace(/^\$/, '') === name) ?? []
  return value
}

function invalid(target: string, message: string): ApiError {
  return new ApiError('invalidQueryOption', message, { target })
}

function toSentence(allowed: readonly string[]): string {
  return allowed.length === 0
    ? 'This request takes no query options.'
    : `This request takes ${allowed.map((name) => `$${name}`).join(', ')}.`
}
