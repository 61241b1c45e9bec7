import type { HttpMethod, HttpRequest } from '@azure/functions'
import type { Caller } from '../auth/caller'
import type { Config } from '../config'
import { ApiError } from '../errors'
import { lazy } from '../lazy'
import type { Style } from '../odata/print'
import type { Parents, Root } from '../odata/urls'
import { type Model, modelOf } from '../schemas/model'
import type { Resource } from '../schemas/resource'
import type { Services } from '../services'
import { openStore, type StoreSession } from '../store/store'
import { parseAccept } from './accept'
import { type Body, readJson } from './body'
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
  /** What the verb made of the headers and query options that only it knows. */
  readonly asked: H
  readonly options: Options
  /** The body; without a value where the verb takes none. */
  readonly body: Body
  readonly parents: Parents
  /** The last parameter of the path, where the route has one. */
  readonly id: string | undefined
  readonly store: StoreSession
  readonly now: Date
  readonly newId: () => string
  /** Id of the request, and of the write that it makes. */
  readonly requestId: string
}

/** What a verb reads before the body is looked at. */
export interface Question {
  readonly headers: Headers
  /** Judged when it is first called for, since headers come before query options. */
  readonly options: () => Options
  readonly prefer: Preferences
  readonly now: Date
  readonly model: Model
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
  /** Reads the headers and query options that only this verb knows; throws where one is wrong. */
  readonly ask: (question: Question) => H
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

/** A request that may be worked on: its caller is known, and allowed to. */
interface Admitted {
  readonly request: HttpRequest
  readonly services: Services
  readonly trace: Trace
  readonly version: string
  readonly caller: Caller
}

const NO_BODY: Body = { value: undefined, bytes: 0 }

const exchangeOf = async <H>(verb: Verb<H>, resource: Resource, admission: Admitted): Promise<Exchange<H>> => {
  const { request, services, trace, version, caller } = admission
  const { config, attempts, newId } = services
  const { headers, params } = request
  const now = services.now()
  const url = new URL(request.url)
  const metadata = verb.ignoresAccept === true ? 'minimal' : parseAccept(headers.get('accept'))
  const prefer = parsePrefer(headers.get('prefer'))
  const options = lazy(() => parseOptions(url.searchParams, verb.options))
  const asked = verb.ask({ headers, options, prefer, now, model: modelOf(resource) })
  const given = options()
  const body = verb.hasBody ? await readJson(request) : NO_BODY
  const parents = parseParents(resource, params)
  const store = openStore(attempts, config.store)
  trace.budget = store.budget
  const root = { origin: config.publicBaseUrl ?? url.origin, version }
  const style = { metadata, showHidden: prefer.showHidden } as const
  const { requestId } = trace
  return {
    caller,
    root,
    style,
    prefer,
    asked,
    options: given,
    body,
    parents,
    id: params.id,
    store,
    now,
    newId,
    requestId,
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
      const exchange = await exchangeOf(verb, resource, { request, services, trace, version, caller })
      return await verb.run(resource, exchange)
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
