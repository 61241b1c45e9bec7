import { type Concurrency, lendSlot } from '../concurrency'
import { ApiError, retryAfter } from '../errors'
import type { Endpoint } from '../http/endpoint'
import { counted, run, type Trace, type Work } from '../http/handle'
import { toBatchResponse } from '../http/respond'
import { findEndpoint } from '../http/router'
import type { Services } from '../services'
import { answerSpace, type Space } from './answerSpace'
import { type BatchRequest, keyOf } from './batchRequests'

/** An endpoint under the name that the log knows it by. */
export interface Named extends Endpoint {
  readonly name: string
}

/** What a batch is run with. */
export interface Batch {
  readonly requests: readonly BatchRequest[]
  readonly endpoints: readonly Named[]
  readonly services: Services
  readonly trace: Trace
  /** The Authorization header of the batch, which counts for all of it. */
  readonly authorization: string
  /** True where requests run one after another, and none after a failure. */
  readonly stopsAtFailure: boolean
}

const DEADLINE_MS = 20_000

// With less time than this left a request would only add to what is unknown.
const LEAST_MS = 50

/** Runs the requests of a batch: side by side, or after those that they depend on. Answers each as JSON, in their order. */
export function runBatch(batch: Batch): Promise<string[]> {
  const { requests, stopsAtFailure, services } = batch
  const running: Running = {
    batch,
    concurrency: lendSlot(services.concurrency),
    space: answerSpace(requests.length),
    end: performance.now() + DEADLINE_MS,
  }
  const responses = new Map<string, Promise<Response>>()
  let previous: Promise<Response> | undefined
  for (const request of requests) {
    const needed = request.dependsOn.map((key) => responses.get(key))
    previous = runAfter(running, request, needed, stopsAtFailure ? previous : undefined)
    responses.set(keyOf(request.id), previous)
  }
  return Promise.all([...responses.values()].map(async (response) => (await response).text))
}

interface Running {
  readonly batch: Batch
  readonly concurrency: Concurrency
  readonly space: Space
  readonly end: number
}

interface Response {
  readonly status: number
  readonly text: string
}

async function runAfter(
  running: Running,
  request: BatchRequest,
  needed: readonly (Promise<Response> | undefined)[],
  before: Promise<Response> | undefined,
): Promise<Response> {
  const statuses = (await Promise.all(needed)).map((response) => response?.status ?? 0)
  const hasFailed = statuses.some((status) => status < 200 || status > 299) || ((await before)?.status ?? 0) >= 400
  const { name, work } = find(running.batch.endpoints, request)
  return respond(running, request, name, hasFailed ? failing(dependencyFailed()) : work)
}

interface Found {
  readonly name: string
  readonly work: Work
}

// What is not found is answered by the request itself, and not by the batch.
function find(endpoints: readonly Named[], { method, url }: BatchRequest): Found {
  try {
    const { endpoint, params, below } = findEndpoint(endpoints, method, new URL(url).pathname)
    const work = refusal(endpoint) ?? counted(endpoint.work)
    return { name: endpoint.name, work: (request, ...rest) => work({ ...request, params, below }, ...rest) }
  } catch (error) {
    return { name: 'unmatched', work: failing(error) }
  }
}

function refusal({ container, standsAlone }: Endpoint): Work | undefined {
  if (standsAlone === true) {
    const message = 'A bulk cannot be part of a batch: send it alone.'
    return failing(new ApiError('unsupportedOperation', message))
  }
  if (container !== undefined) return undefined
  return failing(new ApiError('notBatchable', 'A batch takes requests for entities: send this one alone.'))
}

async function respond(
  { batch, concurrency, space, end }: Running,
  { id, method, url, headers, body }: BatchRequest,
  functionName: string,
  work: Work,
): Promise<Response> {
  const { trace, services, authorization } = batch
  const invocation = {
    functionName,
    info: (line: string) => trace.log.info(line),
    error: (line: string) => trace.log.error(line),
  }
  const own = headers.has('authorization')
  if (!own) headers.set('authorization', authorization)
  const request = { method, url, headers, params: {}, body: async () => body }
  const fitting: Work = (...given) => space.fit(method, (own ? failing(ownAuthorization()) : work)(...given))
  const provide = () => ({ ...services, concurrency, config: withinDeadline(services.config, end) })
  const { answer, ids } = await run(fitting, request, invocation, provide, trace.requestId)
  return { status: answer.status, text: toBatchResponse(id, answer, ids, method !== 'HEAD') }
}

function withinDeadline(config: Services['config'], end: number): Services['config'] {
  const left = end - performance.now()
  const { store } = config
  if (left >= LEAST_MS)
    return { ...config, store: { ...store, deadline: Math.min(store.deadline, left), longest: left } }
  const message = 'The time of the batch was over before this request could begin: send it again.'
  throw new ApiError('storeUnavailable', message, { headers: retryAfter() })
}

function failing(error: unknown): Work {
  return async () => {
    throw error
  }
}

function dependencyFailed(): ApiError {
  return new ApiError('dependencyFailed', 'A request of the batch that had to succeed before this one did not.')
}

function ownAuthorization(): ApiError {
  const message = "The batch's own Authorization counts for all of its requests: leave it out."
  return new ApiError('invalidHeader', message, { target: 'Authorization' })
}
