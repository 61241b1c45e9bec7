import { ApiError } from '../errors'
import type { Endpoint } from './endpoint'

const VERSIONS: readonly string[] = ['beta', 'v1.0']

/** The version of a path, as answers spell it; undefined where there is none such. */
export function parseVersion(segment: string | undefined): string | undefined {
  const version = segment?.toLowerCase()
  return VERSIONS.find((known) => known === version)
}

/** The failure of a request for a path that is not there. */
export function unknownPath(): ApiError {
  return new ApiError('unknownPath', 'There is nothing at this path. Paths begin with /beta or /v1.0.')
}

/** An endpoint and the parameters of the path that led to it. */
export interface Match<T extends Endpoint> {
  readonly endpoint: T
  readonly params: Readonly<Record<string, string>>
}

/**
 * Finds the endpoint of a method and a path (as it stands in a URL), as the platform does: literals in any case, parameters
 * decoded once, an encoded slash left as it is. Throws `unknownPath`, or `unsupportedMethod` with what the path takes.
 */
export function findEndpoint<T extends Endpoint>(endpoints: readonly T[], method: string, path: string): Match<T> {
  const segments = path.replace(/^\/|\/$/g, '').split('/')
  if (segments.includes('')) throw unknownPath()
  const here = endpoints.flatMap((endpoint) => {
    const params = matchRoute(endpoint.route, segments)
    return params === undefined ? [] : [{ endpoint, params }]
  })
  const match = here.find(({ endpoint }) => endpoint.methods.some((known) => known === method))
  if (match !== undefined) return match
  if (here.length === 0) throw unknownPath()
  const allowed = [...new Set(here.flatMap(({ endpoint }) => endpoint.methods))].sort().join(', ')
  throw new ApiError('unsupportedMethod', `This path takes ${allowed}.`, { headers: { Allow: allowed } })
}

function matchRoute(route: string, segments: readonly string[]): Match<Endpoint>['params'] | undefined {
  const templates = route.split('/')
  if (route.startsWith('{*') || templates.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, template] of templates.entries()) {
    const segment = segments[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(template)?.[1]
    if (name === undefined && template.toLowerCase() !== segment.toLowerCase()) return undefined
    if (name === 'version' && parseVersion(segment) === undefined) return undefined
    if (name !== undefined) params[name] = decodeSegment(segment)
  }
  return params
}

function decodeSegment(segment: string): string {
  try {
    return segment
      .split(/(%2f)/i)
      .map((part, index) => (index % 2 === 1 ? part : decodeURIComponent(part)))
      .join('')
  } catch {
    return segment
  }
}
