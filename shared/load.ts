import { ApiError, RETRY_AFTER_SECONDS } from './errors'

/** Counts the requests that this instance works on, so that it refuses at once what it could only queue. */
export interface Load {
  /** Admits a request; throws `tooManyInFlight` beyond the limit. */
  enter(): void
  leave(): void
  /** Admits a request of a partner, who may hold half of the limit. */
  enterPartner(tenantId: string): void
  leavePartner(tenantId: string): void
  /** Resolves when nothing is in flight. */
  drained(): Promise<void>
}

const refuse = (): ApiError =>
  new ApiError('tooManyInFlight', 'The service works on as many requests as it can: try again later.', {
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  })

export const countLoad = (maximum: number): Load => {
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
    drained: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
