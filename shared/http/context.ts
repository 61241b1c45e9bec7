import type { Caller } from '../auth/caller'
import { parseAccept } from '../headers/accept'
import { parsePrefer } from '../headers/prefer'
import { parseQueryOptions } from '../odata/queryOptions'
import type { Parents } from '../odata/urls'
import { parsePathParameter } from '../schemas/pathParameters'
import type { Resource } from '../schemas/resource'
import type { Services } from '../services'
import { openStore } from '../store/store'
import type { Body, RequestContext, Verb } from '../verbs/verb'
import { readBody } from './body'
import type { Trace } from './handle'
import type { Request } from './request'

const NO_BODY: Body = { value: undefined, bytes: 0 }

/** A request whose caller is known, and allowed to make it. */
interface Authorized {
  readonly resource: Resource
  readonly version: string
  readonly caller: Caller
  readonly request: Request
  readonly services: Services
  readonly trace: Trace
}

/** Reads a request in the order in which its parts are judged: headers, query options, body, path. */
export async function toContext<FromHeaders extends object, FromQuery extends object>(
  verb: Verb<FromHeaders, FromQuery>,
  { resource, version, caller, request, services, trace }: Authorized,
): Promise<RequestContext<FromHeaders & FromQuery>> {
  const { headers, params } = request
  const { config, attempts, newId } = services
  const now = services.now()
  const url = new URL(request.url)
  const metadata = verb.ignoresAccept === true ? 'minimal' : parseAccept(headers.get('accept'))
  const preferences = parsePrefer(headers.get('prefer'))
  const fromHeaders = verb.readHeaders(headers, now)
  const queryOptions = parseQueryOptions(url.searchParams, verb.queryOptions)
  const input = { ...fromHeaders, ...verb.readQuery(queryOptions, resource, preferences) }
  const body = verb.hasBody ? await readBody(request) : NO_BODY
  const parents = parseParents(resource, params)
  const store = openStore(attempts, config.store, { tenantId: caller.tenantId, parents })
  trace.budget = store.budget
  const root = { origin: config.publicBaseUrl ?? url.origin, version }
  const { id = '' } = params
  const { requestId } = trace
  return {
    ...{ resource, caller, root, metadata, preferences, input, queryOptions, body, parents },
    ...{ id, store, now, newId, requestId },
  }
}

function parseParents({ parents }: Resource, params: Request['params']): Parents {
  return Object.fromEntries(
    Object.entries(parents).map(([name, parameter]) => [name, parsePathParameter(parameter, name, params[name])]),
  )
}
