import type { HttpMethod } from '@azure/functions'
import { ApiError } from '../errors'
import type { Endpoint } from './endpoint'
import { admitted, handle } from './handle'
import { parseVersion, unknownPath } from './versions'

// TRACE and CONNECT are missing: the platform answers the one by itself, and cannot hand over the other.
const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '')

const segmentMatches = (template: string, segment: string): boolean => {
  if (template === '{version}') return parseVersion(segment) !== undefined
  return template.startsWith('{') || template.toLowerCase() === segment.toLowerCase()
}

const routeMatches = (route: string, segments: readonly string[]): boolean => {
  const templates = segmentsOf(route)
  return (
    templates.length === segments.length &&
    templates.every((template, index) => segmentMatches(template, segments[index] ?? ''))
  )
}

/** The catch-all: the platform itself knows no 405 and no envelope. `endpoints` may grow after this is made. */
export const unmatched = (endpoints: readonly Endpoint[]): Endpoint => ({
  methods: METHODS,
  route: '{*path}',
  handler: handle(
    admitted(async (request) => {
      const segments = segmentsOf(new URL(request.url).pathname)
      const here = endpoints.filter(({ route }) => route !== '{*path}' && routeMatches(route, segments))
      if (here.length === 0) throw unknownPath()
      const allowed = [...new Set(here.flatMap(({ methods }) => methods))].sort().join(', ')
      throw new ApiError('unsupportedMethod', `This path takes ${allowed}.`, { headers: { Allow: allowed } })
    }),
  ),
})
