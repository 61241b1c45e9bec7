import { GRAPH } from '../description/edmTypes'
import { ApiError } from '../errors'
import type { Endpoint } from './endpoint'
import { matchRoute, splitPath } from './routes'
import { parseVersion, unknownVersion } from './versions'

// The platform has no route for `/` itself.
const INDEX = '/index.html'

/** An endpoint, and what its path contains. */
export interface Match<T extends Endpoint> {
  readonly endpoint: T
  readonly params: Readonly<Record<string, string>>
  /** The path below which the endpoint was found, with a slash; empty where that is its own. */
  readonly below: string
}

/** Finds the endpoint of a method and a path; throws `unknownPath`, or `unsupportedMethod` with what the path takes. */
export function findEndpoint<T extends Endpoint>(endpoints: readonly T[], method: string, path: string): Match<T> {
  const segments = splitPath(path === '/' ? INDEX : path)
  const here = endpoints.flatMap((endpoint) => matchEndpoint(endpoint, segments))
  const match = here.find(({ endpoint }) => endpoint.methods.some((known) => known === method))
  if (match !== undefined) return match
  if (here.length === 0) throw unknownPath(endpoints, segments)
  const allowed = [...new Set(here.flatMap(({ endpoint }) => endpoint.methods))].sort().join(', ')
  throw new ApiError('unsupportedMethod', `This path takes ${allowed}.`, { headers: { Allow: allowed } })
}

function matchEndpoint<T extends Endpoint>(endpoint: T, segments: readonly string[]): Match<T>[] {
  const { route, alsoBelow, isFunction } = endpoint
  const called = isFunction === true ? withPlainName(segments) : segments
  const places = alsoBelow === undefined ? [''] : ['', `${alsoBelow}/`]
  return places.flatMap((below) => {
    const params = matchRoute(route.replace('/', `/${below}`), called)
    if (params === undefined) return []
    return params.version === undefined || parseVersion(params.version) !== undefined
      ? [{ endpoint, params, below }]
      : []
  })
}

// A function may be called by its qualified name, and with or without parentheses (OData 4.01 part 2, 4.5.3).
function withPlainName(segments: readonly string[]): string[] {
  const name = (segments.at(-1) ?? '').replace(/\(\)$/, '')
  const isQualified = name.toLowerCase().startsWith(`${GRAPH}.`)
  return [...segments.slice(0, -1), isQualified ? name.slice(GRAPH.length + 1) : name]
}

const MAX_ECHO = 100
const MIN_COMMON = 4

// Suggests the collection whose path has most in common with this one, or lists all of them.
function unknownPath(endpoints: readonly Endpoint[], [first, ...rest]: readonly string[]): ApiError {
  const version = parseVersion(first)
  if (version === undefined) return unknownVersion()
  const collections = [...new Set(endpoints.flatMap(({ collection }) => collection ?? []))]
  const common = (collection: string): number => commonLength(collection, rest)
  const [nearest = ''] = collections.toSorted((a, b) => common(b) - common(a) || a.length - b.length)
  const hint =
    common(nearest) < MIN_COMMON ? `Collections: ${collections.join(', ')}.` : `Did you mean /${version}/${nearest}?`
  const given = rest.join('/').slice(0, MAX_ECHO).toWellFormed()
  return new ApiError('unknownPath', `No resource at /${version}/${given}. ${hint}`)
}

// Characters that a collection's path and the segments of another have in common: from the start, whatever its
// parameters are, or all of them at the end.
function commonLength(collection: string, segments: readonly string[]): number {
  const templates = collection.toLowerCase().split('/')
  const known = templates.map((template, at) => (template.startsWith('{') ? segments[at] : template)).join('/')
  const given = segments.join('/').toLowerCase()
  if (known.endsWith(`/${given}`)) return given.length
  let length = 0
  while (length < given.length && known.toLowerCase()[length] === given[length]) length += 1
  return length
}
