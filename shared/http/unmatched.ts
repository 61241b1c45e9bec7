import type { HttpMethod } from '@azure/functions'
import type { Endpoint } from './endpoint'
import type { Registered } from './register'
import { findEndpoint } from './router'

// TRACE and CONNECT are missing: the platform answers the one by itself, and cannot hand over the other.
const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The catch-all: the platform itself knows no 405 and no envelope. `endpoints` may grow after this is made. */
export function unmatched(endpoints: readonly Registered[]): Endpoint {
  return {
    methods: METHODS,
    route: '{*path}',
    work: (request, services, trace) => {
      const { endpoint, params, below } = findEndpoint(endpoints, request.method, new URL(request.url).pathname)
      trace.function = endpoint.name
      return endpoint.work({ ...request, params, below }, services, trace)
    },
  }
}
