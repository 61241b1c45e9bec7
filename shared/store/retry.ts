import { setTimeout as sleep } from 'node:timers/promises'
import { withTimeout } from '../basics/withTimeout'
import { attemptTime, type Outcome } from '../cosmos/attempts'
import { ApiError, documentTooLarge, retryAfter } from '../errors'

/** How long one request may work at the store, in milliseconds. */
export interface Limits {
  readonly deadline: number
  /** The part of the deadline that may be spent waiting for a throttled store. */
  readonly throttle: number
  /** What one attempt may take; two fifths of the deadline unless it says otherwise. */
  readonly attempt?: number
}

/** One attempt; it may ask for a signal that ends it. The signal is created on demand because it is not cheap. */
export type Run<T> = (signal: () => AbortSignal) => Promise<Outcome<T>>

/** The budget of one request at the store: what is left, and what was spent. */
export interface Budget {
  /** Requests that we sent, without the SDK's own for query plans and container definitions. */
  readonly attempts: number
  /** Request units charged. */
  readonly charge: number
  /** Runs one attempt; it gets the time of one, or what is left of the deadline. */
  spend<T>(run: Run<T>): Promise<Outcome<T>>
  /**
   * Waits before another attempt; throws the failure for the caller when no time is left for one. `doubt`: a change by
   * this request may have been made.
   */
  backOff(outcome: Outcome<unknown>, doubt: boolean): Promise<void>
  /** A budget for work beside this one: deadline and counts are shared, its waiting is its own. */
  beside(): Budget
}

// With less than this part of its time left an attempt would only add to what is unknown.
const LEAST_SHARE = 0.125
const FIRST_DELAY = 25
const LONGEST_DELAY = 400

const EXTENSION = 4

/** The limits of a request that is as much work as many: four times the deadline, `longest` at most. */
export function extendLimits({ deadline, throttle, longest }: Limits & { readonly longest: number }): Limits {
  const extended = Math.min(longest, deadline * EXTENSION)
  return { deadline: extended, throttle: throttle * EXTENSION, attempt: attemptTime({ deadline }) }
}

/** A new budget. Its deadline starts with the first attempt. */
export function startBudget(limits: Limits): Budget {
  return budgetOf(limits, { end: undefined, attempts: 0, charge: 0 })
}

// What is shared by all that work for one request.
interface Spent {
  end: number | undefined
  attempts: number
  charge: number
}

function budgetOf(limits: Limits, spent: Spent): Budget {
  const { deadline, throttle, attempt: longest = attemptTime(limits) } = limits
  const least = longest * LEAST_SHARE
  let attempts = 0
  let waited = 0

  function left(): number {
    spent.end ??= performance.now() + deadline
    return spent.end - performance.now()
  }

  return {
    get attempts() {
      return spent.attempts
    },
    get charge() {
      return spent.charge
    },
    async spend(run) {
      const time = Math.min(longest, left())
      if (time < least) return { kind: 'unsent', charge: 0, cause: new Error('the deadline has passed') }
      attempts += 1
      spent.attempts += 1
      const outcome = await runWithin(time, run)
      spent.charge += outcome.charge
      return outcome
    },
    async backOff(outcome, doubt) {
      if (outcome.kind === 'ok') return
      const delay = delayAfter(outcome, attempts)
      if (outcome.kind === 'throttled') waited += delay
      if (outcome.kind === 'refused' || waited > throttle || delay >= left() - least) throw toFailure(outcome, doubt)
      await sleep(delay)
    },
    beside: () => budgetOf(limits, spent),
  }
}

/** The failure of a request whose last attempt had this outcome; `doubt` as above. */
export function toFailure(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>, doubt: boolean): ApiError | Error {
  const { kind, cause } = outcome
  if (kind === 'throttled') return throttled(outcome.retryAfter, doubt, cause)
  if (kind === 'stale' || kind === 'exists') return lostRace(cause)
  if (kind === 'tooLarge') return documentTooLarge()
  if (kind === 'full') return partitionFull(cause)
  if (kind === 'unknown') return unavailable(doubt ? PERHAPS_MADE : 'Try again.', cause)
  if (kind === 'refused' || kind === 'unsent')
    return unavailable(doubt ? PERHAPS_MADE : 'Nothing was changed: try again.', cause)
  return new Error(`the store answered: ${kind}`, { cause })
}

// The SDK may be slow to end a request, or never end it; the caller does not wait for it.
function runWithin<T>(time: number, run: Run<T>): Promise<Outcome<T>> {
  let controller: AbortController | undefined
  const signal = (): AbortSignal => {
    controller ??= new AbortController()
    return controller.signal
  }
  return withTimeout<Outcome<T>, Outcome<T>>(run(signal), time, () => {
    controller?.abort()
    return { kind: 'unknown', charge: 0, cause: new Error(`the store did not answer within ${Math.round(time)} ms`) }
  })
}

function delayAfter(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>, attempts: number): number {
  // Without a useful Retry-After from the store we still wait a little.
  if (outcome.kind === 'throttled') return Math.max(FIRST_DELAY, outcome.retryAfter ?? 100)
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempts)
  return ceiling / 2 + Math.random() * (ceiling / 2)
}

const PERHAPS_MADE =
  'The change may have been made: read the resource, or retry a create with the same Repeatability-Request-ID.'

function unavailable(whatNow: string, cause: unknown): ApiError {
  const message = `The store cannot be reached or answers too late. ${whatNow}`
  return new ApiError('storeUnavailable', message, { headers: retryAfter(), cause })
}

function throttled(milliseconds: number | undefined, doubt: boolean, cause: unknown): ApiError {
  const whatNow = doubt ? PERHAPS_MADE : 'Try again after the time that Retry-After gives.'
  return new ApiError('storeThrottled', `The store is busy. ${whatNow}`, { headers: retryAfter(milliseconds), cause })
}

function partitionFull(cause: unknown): ApiError {
  const message =
    'Your part of this collection is full (20 GB). Delete records that you no longer need, then retry the request.'
  return new ApiError('partitionFull', message, { cause })
}

function lostRace(cause: unknown): ApiError {
  return new ApiError('concurrentChange', 'Other requests kept changing the resource: try again.', { cause })
}
