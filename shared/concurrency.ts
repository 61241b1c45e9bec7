import { ApiError, retryAfter } from './errors'

/** Counts the requests in flight, so that the instance refuses a request at once rather than queue it. */
export interface Concurrency {
  /** Admits a request; throws `tooManyInFlight` beyond the limit. */
  enter(): void
  leave(): void
  /**
   * Runs `work`, which identifies the caller of an admitted request. Meanwhile the request gives its slot back and
   * takes one of a separate share, a quarter of the limit. Where that share is full it queues; share and queue together
   * hold as many requests as the limit. Throws `tooManyInFlight` where the queue is full, or where no slot is free
   * afterwards.
   */
  identify<T>(work: () => Promise<T>): Promise<T>
  /** Admits a request of a partner, who may hold half of the limit. */
  enterPartner(tenantId: string): void
  leavePartner(tenantId: string): void
  /** The number of partners that hold a slot. */
  readonly partners: number
  /** Resolves when nothing is in flight. */
  drained(): Promise<void>
}

/** A counter that admits `maximum` requests at once. */
export function limitConcurrency(maximum: number): Concurrency {
  const partners = new Map<string, number>()
  const drains: (() => void)[] = []
  const unknown = openShare(Math.max(1, Math.floor(maximum / 4)), maximum)
  let inFlight = 0
  const isIdle = (): boolean => inFlight === 0 && unknown.size === 0

  return {
    enter() {
      if (inFlight >= maximum) throw refuse()
      inFlight += 1
    },
    leave() {
      inFlight -= 1
      if (isIdle()) for (const resolve of drains.splice(0)) resolve()
    },
    async identify(work) {
      inFlight -= 1
      try {
        const found = await unknown.run(work)
        if (inFlight >= maximum) throw refuse()
        return found
      } finally {
        // Whoever called `enter` is going to call `leave`, so the request counts again even if this failed.
        inFlight += 1
      }
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
    drained: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => drains.push(resolve))),
  }
}

interface Share {
  /** Requests that hold a slot of the share, or wait for one. */
  readonly size: number
  run<T>(work: () => Promise<T>): Promise<T>
}

// Slots for requests whose callers are not identified yet. The queue lets a known caller wait behind others instead of
// being refused; its limit keeps a flood of tokens from holding more requests than there are slots.
function openShare(slots: number, maximum: number): Share {
  const line: (() => void)[] = []
  let taken = 0

  return {
    get size() {
      return taken + line.length
    },
    async run(work) {
      if (taken + line.length >= maximum) throw refuse()
      if (taken >= slots) await new Promise<void>((resolve) => line.push(resolve))
      else taken += 1
      try {
        return await work()
      } finally {
        // The slot goes to the request that has waited longest.
        const next = line.shift()
        if (next === undefined) taken -= 1
        else next()
      }
    },
  }
}

/**
 * The concurrency of what one request carries, which holds a slot already: the first of its own at work uses that slot,
 * each further one takes another. So it holds as many as are at work, and no more than are free.
 */
export function lendSlot(concurrency: Concurrency): Concurrency {
  let requests = 0
  let ofPartner = 0
  return {
    enter() {
      if (requests > 0) concurrency.enter()
      requests += 1
    },
    leave() {
      requests -= 1
      if (requests > 0) concurrency.leave()
    },
    enterPartner(tenantId) {
      if (ofPartner > 0) concurrency.enterPartner(tenantId)
      ofPartner += 1
    },
    leavePartner(tenantId) {
      ofPartner -= 1
      if (ofPartner > 0) concurrency.leavePartner(tenantId)
    },
    get partners() {
      return concurrency.partners
    },
    // Who sent it is known, or the slot would not have been lent.
    identify: (work) => work(),
    drained: () => concurrency.drained(),
  }
}

/** Takes another slot for a partner, if one is free, and returns what gives it back. */
export function takeSlot(concurrency: Concurrency, tenantId: string): (() => void) | undefined {
  try {
    concurrency.enter()
  } catch {
    return undefined
  }
  try {
    concurrency.enterPartner(tenantId)
  } catch {
    concurrency.leave()
    return undefined
  }
  return () => {
    concurrency.leavePartner(tenantId)
    concurrency.leave()
  }
}

function refuse(): ApiError {
  return new ApiError('tooManyInFlight', 'The service is handling as many requests as it can: try again later.', {
    headers: retryAfter(),
  })
}
