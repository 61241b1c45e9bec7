import type { HttpMethod } from '@azure/functions'
import type { Endpoint } from './endpoint'
import type { Registered } from './register'
import { findEndpoint } from './router'

// TRACE and CONNECT are missing: the platform answers TRACE itself and cannot pass CONNECT on.
const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The catch-all, since the platform sends neither 405 nor the error envelope. `endpoints` may grow after this call. */
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
