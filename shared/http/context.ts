import type { Caller } from '../auth/caller'
import { takeSlot } from '../concurrency'
import { type Metadata, parseAccept, parseFormat } from '../headers/accept'
import { checkMaxVersion } from '../headers/odataVersion'
import { parsePrefer } from '../headers/prefer'
import { findQueryOption, parseQueryOptions } from '../odata/queryOptions'
import { collectionUrl, type Parents } from '../odata/urls'
import { parsePathParameter } from '../schemas/pathParameters'
import type { Resource } from '../schemas/resource'
import type { Services } from '../services'
import { extendLimits } from '../store/retry'
import { openStore } from '../store/store'
import { navigate, type Through } from '../verbs/navigate'
import type { Body, RequestContext, Verb } from '../verbs/verb'
import { readBody } from './body'
import type { Trace } from './handle'
import type { Request } from './request'

const NO_BODY: Body = { value: undefined, bytes: 0 }

/** A request whose caller is identified and authorized. */
interface Authorized {
  readonly resource: Resource
  readonly through: Through | undefined
  readonly version: string
  readonly caller: Caller
  readonly request: Request
  readonly services: Services
  readonly trace: Trace
}

/** Parses a request in the order in which its parts are checked: headers, query options, body, path. */
export async function toContext<FromHeaders extends object, FromQuery extends object>(
  verb: Verb<FromHeaders, FromQuery>,
  { resource, through, version, caller, request, services, trace }: Authorized,
): Promise<RequestContext<FromHeaders & FromQuery>> {
  const { headers, params } = request
  const { config, attempts, newId } = services
  const now = services.now()
  const url = new URL(request.url)
  const metadata = parseMetadata(verb, headers, url)
  checkMaxVersion(headers.get('odata-maxversion'))
  const preferences = parsePrefer(headers.get('prefer'))
  const fromHeaders = verb.readHeaders(headers, now)
  const queryOptions = parseQueryOptions(url.searchParams, verb.queryOptions)
  const input = { ...fromHeaders, ...verb.readQuery(queryOptions, resource, preferences) }
  const body = verb.hasBody ? await readBody(request, verb.maxBytes) : NO_BODY
  const parents = parseParents(resource, params)
  const limits = verb.isBulk === true || verb.isFunction === true ? extendLimits(config.store) : config.store
  const store = openStore(attempts, limits, { tenantId: caller.tenantId, parents })
  trace.budget = store.budget
  const root = { origin: config.publicBaseUrl ?? url.origin, version, below: request.below ?? '' }
  const { id = '' } = params
  const { requestId, clientRequestId } = trace
  const context = {
    ...{ resource, caller, root, url, metadata, preferences, input, queryOptions, body, parents },
    ...{ id, store, now, newId, requestId, clientRequestId, collectionUrl: collectionUrl(root, resource, parents) },
    takeSlot: () => takeSlot(services.concurrency, caller.tenantId),
  }
  return through === undefined ? context : navigate(context, through)
}

// $format replaces the Accept header, where the verb takes it.
function parseMetadata(verb: Pick<Verb, 'ignoresAccept' | 'queryOptions'>, headers: Headers, url: URL): Metadata {
  if (verb.ignoresAccept === true) return 'minimal'
  const format = verb.queryOptions.includes('format') ? findQueryOption(url.searchParams, 'format') : undefined
  return format === undefined ? parseAccept(headers.get('accept')) : parseFormat(format)
}

function parseParents({ parents }: Resource, params: Request['params']): Parents {
  return Object.fromEntries(
    Object.entries(parents).map(([name, parameter]) => [name, parsePathParameter(parameter, name, params[name])]),
  )
}
