import { randomUUID } from 'node:crypto'
import type { HttpRequest, HttpResponseInit } from '@azure/functions'
import { toApiError } from '../errors'
import { type Services, services } from '../services'
import type { Budget } from '../store/budget'
import { type LogTarget, toCauses, writeLog } from './log'
import { type Answer, type RequestIds, toFailureAnswer, toResponse } from './respond'

/** What the log is to know of a request; whoever finds it out writes it here. */
export interface Trace extends RequestIds {
  tenant?: string
  budget?: Pick<Budget, 'attempts' | 'charge'>
}

/** The part of an InvocationContext that is used. */
export interface Invocation extends LogTarget {
  readonly functionName: string
}

/** Makes an answer, or throws. */
export type Work = (request: HttpRequest, services: Services, trace: Trace) => Promise<Answer>

/** A handler as `app.http` takes it; a test gives its own services. */
export type Handler = (
  request: HttpRequest,
  invocation: Invocation,
  provide?: () => Services,
) => Promise<HttpResponseInit>

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const idsOf = (request: HttpRequest): RequestIds => {
  const requestId = randomUUID()
  const given = request.headers.get('client-request-id')
  return { requestId, clientRequestId: given !== null && GUID.test(given) ? given : requestId }
}

/** Counts the work as load, and refuses it where there is too much of that. */
export const admitted =
  (work: Work): Work =>
  async (request, services, trace) => {
    services.load.enter()
    try {
      return await work(request, services, trace)
    } finally {
      services.load.leave()
    }
  }

/** The one place where answers and log lines are made: what `work` returns or throws becomes a response. */
export const handle =
  (work: Work): Handler =>
  async (request, invocation, provide = services) => {
    const start = performance.now()
    const trace: Trace = idsOf(request)
    let made: Services | undefined
    let answer: Answer
    let failure: ReturnType<typeof toApiError> | undefined
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
      function: invocation.functionName,
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
