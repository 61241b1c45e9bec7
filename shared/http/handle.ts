import { randomUUID } from 'node:crypto'
import type { HttpRequest, HttpResponseInit } from '@azure/functions'
import { isGuid } from '../basics/guid'
import { type ApiError, toApiError } from '../errors'
import { type Services, services } from '../services'
import type { Budget } from '../store/retry'
import type { Answer } from '../verbs/answer'
import { type LogTarget, toCauses, writeLog } from './log'
import { fromPlatform, type Request } from './request'
import { type RequestIds, toFailureAnswer, toResponse } from './respond'

/** What the log is to know of a request; whoever finds it out writes it here. */
export interface Trace extends RequestIds {
  tenant?: string
  /** The endpoint that answered, where it is not the function that was called. */
  function?: string
  budget?: Pick<Budget, 'attempts' | 'charge'>
}

/** The part of an InvocationContext that is used. */
export interface Invocation extends LogTarget {
  readonly functionName: string
}

/** Makes an answer, or throws. */
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

/** The one place where responses and log lines are made: what `work` returns or throws becomes a response. */
export function handle(work: Work): Handler {
  return async (platformRequest, invocation, provide = services) => {
    const start = performance.now()
    const request = fromPlatform(platformRequest)
    const trace: Trace = idsOf(request)
    let made: Services | undefined
    let answer: Answer
    let failure: ApiError | undefined
    try {
      made = provide()
      answer = await work(request, made, trace)
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
      tenant,
      error: failure?.failure,
      storeRequests: budget?.attempts,
      storeCharge: budget?.charge,
      causes: failure?.cause === undefined ? undefined : toCauses(failure.cause),
    }
    writeLog(invocation, line, made?.config.logLevel ?? 'information')
    return toResponse(answer, trace, request.method !== 'HEAD')
  }
}

function idsOf({ headers }: Request): RequestIds {
  const requestId = randomUUID()
  const given = headers.get('client-request-id')
  return { requestId, clientRequestId: given !== null && isGuid(given) ? given : requestId }
}
