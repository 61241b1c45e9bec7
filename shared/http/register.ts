import { app, type HttpHandler } from '@azure/functions'
import type { Endpoint } from './endpoint'
import { hookLifecycle } from './lifecycle'

/** An endpoint under the name that its file, its function and its log lines bear. */
export interface Registered extends Endpoint {
  readonly name: string
}

const registered: Registered[] = []

/** The endpoints registered so far: what the catch-all knows paths and methods from. */
export const endpoints: readonly Registered[] = registered

hookLifecycle(registered)

/** Registers an endpoint under the name of its file. The platform tries functions in the order of their names. */
export const register = (name: string, endpoint: Endpoint): Registered => {
  const named = { ...endpoint, name }
  registered.push(named)
  const handler: HttpHandler = (request, context) => endpoint.handler(request, context)
  // Anonymous for the platform: the bearer token is the only key.
  app.http(name, { methods: [...endpoint.methods], authLevel: 'anonymous', route: endpoint.route, handler })
  return named
}
