import type { HttpMethod, HttpRequest } from '@azure/functions'
import type { Caller } from '../auth/caller'
import type { Config } from '../config'
import { ApiError } from '../errors'
import type { Style } from '../odata/print'
import type { Parents, Root } from '../odata/urls'
import type { Resource } from '../schemas/resource'
import type { Services } from '../services'
import { openStore, type StoreSession } from '../store/store'
import { parseAccept } from './accept'
import { readJson } from './body'
import { admitted, type Handler, handle, type Trace, type Work } from './handle'
import { type Options, parseOptions } from './options'
import { type Preferences, parsePrefer } from './prefer'
import type { Answer } from './respond'
import { parseVersion, unknownPath } from './versions'

/** One request, checked up to its path: what a verb works with. */
export interface Exchange<H> {
  readonly caller: Caller
  readonly root: Root
  readonly style: Style
  readonly prefer: Preferences
  /** What the verb's own `headers` made of the request's headers. */
  readonly headers: H
  readonly options: Options
  /** The JSON value of the body; undefined where the verb takes none. */
  readonly body: unknown
  readonly parents: Parents
  /** The last parameter of the path, where the route has one. */
  readonly id: string | undefined
  readonly store: StoreSession
  readonly now: Date
  readonly newId: () => string
  /** Id of the request, and of the write that it makes. */
  readonly requestId: string
}

/** What a verb says of its endpoints. */
export interface Verb<H> {
  readonly methods: readonly HttpMethod[]
  /** What the route has behind the collection's. */
  readonly suffix: '' | '/{id}' | '/$count'
  readonly access: 'read' | 'write'
  /** Query options, without `$`, that it takes. */
  readonly options: readonly string[]
  readonly hasBody: boolean
  /** True where the answer is no JSON, so that Accept does not matter. */
  readonly ignoresAccept?: true
  /** Reads the headers that only this verb knows; throws where one is wrong. */
  readonly headers: (request: HttpRequest, now: Date) => H
  readonly run: (resource: Resource, exchange: Exchange<H>) => Promise<Answer>
}

/** An endpoint: what `app.http` is told, and what the catch-all needs to know of it. */
export interface Endpoint {
  readonly methods: readonly HttpMethod[]
  readonly route: string
  /** The container that it works on, if it does. */
  readonly container?: string
  readonly handler: Handler
}

const authorize = (
  caller: Caller,
  { permissions }: Resource,
  access: 'read' | 'write',
  config: Config['auth'],
): void => {
  const sufficient = access === 'write' ? [permissions.write] : [permissions.read, permissions.write]
  if (!sufficient.some((name) => caller.permissions.has(name))) {
    const names = sufficient.map((name) => `'${name}'`).join(' or ')
    throw new ApiError('missingPermission', `The token does not have the permission ${names}.`, {
      target: 'Authorization',
    })
  }
  if (config.allowedTenants?.has(caller.tenantId) === false) {
    throw new ApiError('tenantNotAllowed', 'The tenant of the token is not allowed to use this service.', {
      target: 'Authorization',
    })
  }
}

const parseParents = ({ parents }: Resource, params: Readonly<Record<string, string>>): Parents =>
  Object.fromEntries(
    Object.entries(parents).map(([name, schema]) => {
      const parsed = schema.safeParse(params[name])
      if (parsed.success) return [name, parsed.data]
      throw new ApiError('invalidPath', parsed.error.issues[0]?.message ?? `'${name}' is invalid.`, { target: name })
    }),
  )

const exchangeOf = async <H>(
  verb: Verb<H>,
  resource: Resource,
  request: HttpRequest,
  services: Services,
  caller: Caller,
  trace: Trace,
  version: string,
): Promise<Exchange<H>> => {
  const { config, attempts, newId } = services
  const now = services.now()
  const url = new URL(request.url)
  const metadata = verb.ignoresAccept === true ? 'minimal' : parseAccept(request.headers.get('accept'))
  const prefer = parsePrefer(request.headers.get('prefer'))
  const headers = verb.headers(request, now)
  const options = parseOptions(url.searchParams, verb.options)
  const body = verb.hasBody ? await readJson(request) : undefined
  const parents = parseParents(resource, request.params)
  const store = openStore(attempts, config.store)
  trace.budget = store.budget
  return {
    caller,
    root: { origin: config.publicBaseUrl ?? url.origin, version },
    style: { metadata, showHidden: prefer.showHidden },
    prefer,
    headers,
    options,
    body,
    parents,
    id: request.params.id,
    store,
    now,
    newId,
    requestId: trace.requestId,
  }
}

const work =
  <H>(verb: Verb<H>, resource: Resource): Work =>
  async (request, services, trace) => {
    const version = parseVersion(request.params.version)
    if (version === undefined) throw unknownPath()
    const caller = await services.authenticate(request.headers.get('authorization'))
    trace.tenant = caller.tenantId
    services.load.enterPartner(caller.tenantId)
    try {
      authorize(caller, resource, verb.access, services.config.auth)
      return await verb.run(resource, await exchangeOf(verb, resource, request, services, caller, trace, version))
    } finally {
      services.load.leavePartner(caller.tenantId)
    }
  }

/** Declares the endpoint of a verb on a resource. All checks before the verb's own happen here, in one order. */
export const endpoint = <H>(verb: Verb<H>, resource: Resource): Endpoint => ({
  methods: verb.methods,
  route: `{version}/${resource.route}${verb.suffix}`,
  container: resource.container,
  handler: handle(admitted(work(verb, resource))),
})
