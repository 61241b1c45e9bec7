import { app, type HttpHandler } from '@azure/functions'
import type { Endpoint } from './endpoint'
import { counted, type Handler, handle } from './handle'
import { hookLifecycle } from './lifecycle'

/** An endpoint under the name by which the platform, the log and traces know it. */
export interface Registered extends Endpoint {
  readonly name: string
  readonly handler: Handler
}

const registered: Registered[] = []

/** The endpoints registered so far: what the router finds paths and methods in. */
export const endpoints: readonly Registered[] = registered

hookLifecycle(registered)

/** Registers an endpoint. The platform tries functions in the order of their names. */
export function register(name: string, endpoint: Endpoint): void {
  const handler = handle(endpoint.alwaysAdmitted === true ? endpoint.work : counted(endpoint.work))
  registered.push({ ...endpoint, name, handler })
  // Anonymous for the platform: the bearer token is the only credential.
  const { route } = endpoint
  const platformHandler: HttpHandler = (request, context) => handler(request, context)
  app.http(name, { methods: [...endpoint.methods], authLevel: 'anonymous', route, handler: platformHandler })
}
