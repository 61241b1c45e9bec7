import { ApiError } from '../errors'

/** The query options that OData defines; with `$` or without it they mean the same (OData 4.01 part 2, 5.1). */
const KNOWN = new Set([
  'filter',
  'orderby',
  'select',
  'top',
  'count',
  'skiptoken',
  'skip',
  'expand',
  'search',
  'apply',
  'compute',
])

/** Values of the query options of a request, by name without `$`. */
export type Options = ReadonlyMap<string, string>

const toSentence = (allowed: readonly string[]): string =>
  allowed.length === 0
    ? 'This request takes no query options.'
    : `This request takes ${allowed.map((name) => `$${name}`).join(', ')}.`

/** Reads the query options. One that the endpoint does not take, or one given twice, throws `invalidQueryOption`. */
export const parseOptions = (query: URLSearchParams, allowed: readonly string[]): Options => {
  const options = new Map<string, string>()
  for (const [given, value] of query) {
    const lower = given.trim().toLowerCase()
    const name = lower.replace(/^\$/, '')
    if (name === lower && !KNOWN.has(name)) continue
    const target = `$${name}`
    if (!allowed.includes(name)) {
      throw new ApiError(
        'invalidQueryOption',
        `The query option '${target.slice(0, 64)}' cannot be used here. ${toSentence(allowed)}`,
        { target: target.slice(0, 64) },
      )
    }
    if (options.has(name))
      throw new ApiError('invalidQueryOption', `The query option '${target}' is given twice.`, { target })
    options.set(name, value)
  }
  return options
}
