import { randomUUID } from 'node:crypto'
import type { HttpRequest, HttpResponseInit } from '@azure/functions'
import { isGuid } from '../basics/guid'
import { type ApiError, toApiError } from '../errors'
import { type Services, services } from '../services'
import type { Budget } from '../store/retry'
import type { Answer } from '../verbs/answer'
import type { RequestIds } from '../verbs/errorInfo'
import { type LogTarget, toCauses, writeLog } from './log'
import { fromPlatform, type Request } from './request'
import { toFailureAnswer, toResponse } from './respond'

/** Facts about a request for its log line. Each stage of the pipeline adds what it finds out. */
export interface Trace extends RequestIds {
  /** Where lines about requests within this one go. */
  readonly log: LogTarget
  tenant?: string
  /** The endpoint that answered, where it is not the function that was called. */
  function?: string
  budget?: Pick<Budget, 'attempts' | 'charge'>
}

/** The part of an InvocationContext that we use. */
export interface Invocation extends LogTarget {
  readonly functionName: string
}

/** Returns an answer, or throws. */
export type Work = (request: Request, services: Services, trace: Trace) => Promise<Answer>

/** A handler as `app.http` takes it; a test gives its own services. */
export type Handler = (
  request: HttpRequest,
  invocation: Invocation,
  provide?: () => Services,
) => Promise<HttpResponseInit>

/** Counts the work among the requests in flight, and refuses it where there are too many. */
export function counted(work: Work): Work {
  return async (request, services, trace) => {
    services.concurrency.enter()
    try {
      return await work(request, services, trace)
    } finally {
      services.concurrency.leave()
    }
  }
}

/** The one place where responses are made: what `work` returns or throws becomes one. */
export function handle(work: Work): Handler {
  return async (platformRequest, invocation, provide = services) => {
    const request = fromPlatform(platformRequest)
    const { answer, ids } = await run(work, request, invocation, provide)
    return toResponse(answer, ids, request.method !== 'HEAD')
  }
}

/** An answer, whatever became of the request. */
export interface Completed {
  readonly answer: Answer
  readonly ids: RequestIds
}

/** Runs the work of one request and writes its line into the log. `batchRequestId`: of the batch that it came in. */
export async function run(
  work: Work,
  request: Request,
  invocation: Invocation,
  provide: () => Services,
  batchRequestId?: string,
): Promise<Completed> {
  const start = performance.now()
  const trace: Trace = { ...idsOf(request), log: invocation }
  let made: Services | undefined
  let answer: Answer
  let failure: ApiError | undefined
  try {
    made = provide()
    answer = await work(request, made, trace)
    failure = answer.failure
  } catch (thrown) {
    failure = toApiError(thrown)
    answer = toFailureAnswer(failure, trace, made?.now() ?? new Date())
  }
  const { requestId, clientRequestId, tenant, budget } = trace
  const line = {
    time: (made?.now() ?? new Date()).toISOString(),
    function: trace.function ?? invocation.functionName,
    method: request.method,
    status: answer.status,
    duration: Math.round((performance.now() - start) * 100) / 100,
    requestId,
    clientRequestId,
    batchRequestId,
    tenant,
    error: failure?.failure,
    storeRequests: budget?.attempts,
    storeCharge: budget?.charge,
    causes: failure?.cause === undefined ? undefined : toCauses(failure.cause),
  }
  writeLog(invocation, line, made?.config.logLevel ?? 'information')
  return { answer, ids: trace }
}

function idsOf({ headers }: Request): RequestIds {
  const requestId = randomUUID()
  const given = headers.get('client-request-id')
  return { requestId, clientRequestId: given !== null && isGuid(given) ? given : requestId }
}
