import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, RETRY_AFTER_SECONDS } from '../errors'
import type { Reply } from './reply'

/** How long one request may work at the store, in milliseconds. */
export interface Limits {
  readonly deadline: number
  /** Part of the deadline that may go by waiting for a throttled store. */
  readonly throttle: number
}

/** One attempt; it may ask for a signal that ends it. Making one costs more than an attempt at one document should. */
export type Run<T> = (signal: () => AbortSignal) => Promise<Reply<T>>

/** The store work of one request: what it may still cost, and what it has cost. */
export interface Budget {
  /** Requests sent, by us; the SDK's own for query plans and container definitions are not counted. */
  readonly attempts: number
  /** Request units charged. */
  readonly charge: number
  /** Runs one attempt; it gets two fifths of the deadline, or what is left of it. */
  spend<T>(run: Run<T>): Promise<Reply<T>>
  /** Waits before another attempt; throws what the caller is told when there is no time left for one. */
  backOff(reply: Reply<unknown>): Promise<void>
}

const ATTEMPT_SHARE = 0.4

/** Milliseconds that one attempt may take. */
export const attemptTime = ({ deadline }: Pick<Limits, 'deadline'>): number => deadline * ATTEMPT_SHARE

// With less than this part of the deadline left an attempt would only add to what is unknown.
const LEAST_SHARE = 0.05
const FIRST_DELAY = 25
const LONGEST_DELAY = 400

const unavailable = (cause: unknown): ApiError =>
  new ApiError('storeUnavailable', 'The store cannot be reached or answers too late. Nothing is lost: try again.', {
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
    cause,
  })

const throttled = (retryAfter: number, cause: unknown): ApiError =>
  new ApiError('storeThrottled', 'The store is busy: try again after the time that Retry-After gives.', {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfter / 1000))) },
    cause,
  })

const lostRace = (cause: unknown): ApiError =>
  new ApiError('concurrentChange', 'The resource was changed by others all the while: try again.', { cause })

/** The failure of a request that an attempt came to, where no further attempt is made. */
export const toFailure = (reply: Exclude<Reply<unknown>, { outcome: 'ok' }>): ApiError | Error => {
  if (reply.outcome === 'throttled') return throttled(reply.retryAfter ?? RETRY_AFTER_SECONDS * 1000, reply.cause)
  if (reply.outcome === 'stale' || reply.outcome === 'exists') return lostRace(reply.cause)
  if (reply.outcome === 'tooLarge')
    return new ApiError('documentTooLarge', 'The stored document would be larger than 2,000,000 bytes.')
  if (reply.outcome === 'unknown' || reply.outcome === 'refused') return unavailable(reply.cause)
  return new Error(`the store answered: ${reply.outcome}`, { cause: reply.cause })
}

/** A new budget. Its deadline starts with the first attempt. */
export const startBudget = ({ deadline, throttle }: Limits): Budget => {
  const longest = attemptTime({ deadline })
  const least = deadline * LEAST_SHARE
  let end: number | undefined
  let attempts = 0
  let charge = 0
  let waited = 0

  const left = (): number => {
    end ??= performance.now() + deadline
    return end - performance.now()
  }

  const spend = async <T>(run: Run<T>): Promise<Reply<T>> => {
    const time = Math.min(longest, left())
    if (time < least) return { outcome: 'unknown', charge: 0, cause: new Error('the deadline has passed') }
    let controller: AbortController | undefined
    let timer: NodeJS.Timeout | undefined
    const signal = () => {
      controller ??= new AbortController()
      return controller.signal
    }
    attempts += 1
    const reply = await new Promise<Reply<T>>((resolve, reject) => {
      // The SDK may be slow to end a request, or never end it; the caller does not wait for it.
      timer = setTimeout(() => {
        resolve({
          outcome: 'unknown',
          charge: 0,
          cause: new Error(`the store did not answer within ${Math.round(time)} ms`),
        })
        controller?.abort()
      }, time)
      run(signal).then(resolve, reject)
    })
    clearTimeout(timer)
    charge += reply.charge
    return reply
  }

  const delayFor = (reply: Reply<unknown>): number => {
    // A store that names no time, or none worth waiting for, is not asked again at once.
    if (reply.outcome === 'throttled') return Math.max(FIRST_DELAY, reply.retryAfter ?? 100)
    const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempts)
    return ceiling / 2 + Math.random() * (ceiling / 2)
  }

  const backOff = async (reply: Reply<unknown>): Promise<void> => {
    if (reply.outcome === 'ok') return
    const delay = delayFor(reply)
    if (reply.outcome === 'throttled') waited += delay
    if (reply.outcome === 'refused' || waited > throttle || delay >= left() - least) throw toFailure(reply)
    await sleep(delay)
  }

  return {
    get attempts() {
      return attempts
    },
    get charge() {
      return charge
    },
    spend,
    backOff,
  }
}
