import { ApiError, retryAfter } from './errors'

/** Counts the requests that this instance works on, so that it refuses at once what it could only queue. */
export interface Concurrency {
  /** Admits a request; throws `tooManyInFlight` beyond the limit. */
  enter(): void
  leave(): void
  /** Admits a request of a partner, who may hold half of the limit. */
  enterPartner(tenantId: string): void
  leavePartner(tenantId: string): void
  /** Partners that hold anything. */
  readonly partners: number
  /** Resolves when nothing is in flight. */
  drained(): Promise<void>
}

/** A counter that admits `maximum` requests at once. */
export function limitConcurrency(maximum: number): Concurrency {
  const partners = new Map<string, number>()
  const waiting: (() => void)[] = []
  let inFlight = 0

  return {
    enter() {
      if (inFlight >= maximum) throw refuse()
      inFlight += 1
    },
    leave() {
      inFlight -= 1
      if (inFlight === 0) for (const resolve of waiting.splice(0)) resolve()
    },
    enterPartner(tenantId) {
      const held = partners.get(tenantId) ?? 0
      if (held >= Math.floor(maximum / 2)) throw refuse()
      partners.set(tenantId, held + 1)
    },
    leavePartner(tenantId) {
      const held = (partners.get(tenantId) ?? 1) - 1
      if (held === 0) partners.delete(tenantId)
      else partners.set(tenantId, held)
    },
    get partners() {
      return partners.size
    },
    drained: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}

function refuse(): ApiError {
  return new ApiError('tooManyInFlight', 'The service works on as many requests as it can: try again later.', {
    headers: retryAfter(),
  })
}
