import { randomUUID } from 'node:crypto'
import { app } from '@azure/functions'
import { withTimeout } from '../basics/withTimeout'
import { toApiError } from '../errors'
import { services } from '../services'
import type { Endpoint } from './endpoint'
import { toCauses } from './log'
import { toFailureAnswer, toResponse } from './respond'

const DRAIN_MS = 10_000

/** Hooks into the life of the app: warm up, finish what was accepted, and leave no response without the envelope. */
export function hookLifecycle(endpoints: readonly Endpoint[]): void {
  app.hook.appStart(() => {
    // Not awaited, so that the start is not delayed. What fails here is retried, and reported, by the first request.
    warm(endpoints).catch(() => undefined)
  })
  app.hook.appTerminate(async () => {
    // With an invalid setting no request was ever accepted.
    await drain().catch(() => undefined)
  })
  app.hook.postInvocation((context) => {
    if (context.error === undefined || context.error === null) return
    const requestId = randomUUID()
    const ids = { requestId, clientRequestId: requestId }
    context.invocationContext.error(JSON.stringify({ requestId, status: 500, causes: toCauses(context.error) }))
    context.result = toResponse(toFailureAnswer(toApiError(context.error), ids, new Date()), ids)
    context.error = undefined
  })
}

async function warm(endpoints: readonly Endpoint[]): Promise<void> {
  const containers = endpoints.flatMap(({ container }) => container ?? [])
  await services().warm([...new Set(containers)])
}

async function drain(): Promise<void> {
  await withTimeout(services().concurrency.drained(), DRAIN_MS, () => undefined)
}
