import type { HttpMethod } from '@azure/functions'
import type { Caller } from '../auth/caller'
import { authorize } from '../auth/permissions'
import type { BatchFacts, Operation } from '../description/operation'
import type { Resource } from '../schemas/resource'
import type { Services } from '../services'
import type { Answer } from '../verbs/answer'
import type { Through } from '../verbs/navigate'
import type { Verb } from '../verbs/verb'
import { toContext } from './context'
import type { Trace, Work } from './handle'
import type { Request } from './request'
import { parseVersion, unknownVersion } from './versions'

/** An endpoint: what `app.http` and the router need to know about it. */
export interface Endpoint {
  readonly methods: readonly HttpMethod[]
  readonly route: string
  /** True where the last segment of the path is the name of a function, which may be qualified and have `()` after it. */
  readonly isFunction?: true | undefined
  /** Another path below which the same endpoint is served. */
  readonly alsoBelow?: string | undefined
  /** The path of the collection that it belongs to, below the version. */
  readonly collection?: string
  /** The container that it works on, if any. */
  readonly container?: string
  /** Its part of the API description, if it is the verb of a resource. */
  readonly operation?: Operation
  /** Its part of the API description, if it takes batches. */
  readonly batch?: BatchFacts
  /** True for an endpoint that is never refused for too many requests in flight. */
  readonly alwaysAdmitted?: true
  /** True where it cannot be part of a batch though it works on a container. */
  readonly standsAlone?: true
  readonly work: Work
}

/** Who asks, and for which version. */
export interface Asked {
  readonly version: string
  readonly caller: Caller
}

/**
 * The endpoint of a verb on a resource or, with `navigation`, on what that navigation property of an entity leads to.
 * The checks of every request happen here and in `toContext`, in one order.
 */
export function endpoint<FromHeaders extends object, FromQuery extends object>(
  verb: Verb<FromHeaders, FromQuery>,
  source: Resource,
  navigation?: string,
): Endpoint {
  const through = navigation === undefined ? undefined : findThrough(source, navigation)
  const resource = through?.target ?? source
  return {
    methods: verb.methods,
    route: `{version}/${source.route}${through === undefined ? '' : `/{id}/${through.name}`}${verb.suffix}`,
    isFunction: verb.isFunction,
    alsoBelow: source.alsoBelow,
    collection: source.route,
    container: resource.container,
    operation: { resource, verb, through },
    ...(verb.isBulk === true && { standsAlone: true as const }),
    work: forCaller(async (request, services, trace, { version, caller }) => {
      authorize(caller, resource.permissions, verb.access, services.config.auth.allowedTenants)
      return verb.run(await toContext(verb, { resource, through, version, caller, request, services, trace }))
    }),
  }
}

/** Work for a caller who is known, as one request of his partner. */
export function forCaller(
  work: (request: Request, services: Services, trace: Trace, asked: Asked) => Promise<Answer>,
): Work {
  return async (request, services, trace) => {
    const version = parseVersion(request.params.version)
    if (version === undefined) throw unknownVersion()
    const { authenticate, concurrency } = services
    const caller = await authenticate(request.headers.get('authorization'), concurrency.identify)
    trace.tenant = caller.tenantId
    concurrency.enterPartner(caller.tenantId)
    try {
      return await work(request, services, trace, { version, caller })
    } finally {
      concurrency.leavePartner(caller.tenantId)
    }
  }
}

function findThrough(source: Resource, name: string): Through {
  const navigation = source.navigations?.[name]
  if (navigation === undefined) throw new Error(`${source.name} has no navigation property '${name}'`)
  return { source, name, ...navigation }
}
