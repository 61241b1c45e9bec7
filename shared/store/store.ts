import type { Members } from '../schemas/problems'
import { type Budget, type Limits, type Run, startBudget, toFailure } from './budget'
import type { Attempts, Key, Place, Query, Reply, Rows, Stored } from './reply'

/** Name of the property that says which write made a version of a document; no answer shows it. */
export const WRITE_ID = '_write'

/** A document that is now in the store. `isNew` is false where its id was taken already: then it is what was there. */
export interface Created {
  readonly stored: Stored
  readonly isNew: boolean
}

/** `stale`: another version is there. `hidden`: perhaps ours was written, but another write came since. */
export type Lost = 'stale' | 'hidden' | 'absent'

/** The store as one request sees it: each call is bounded by the budget of the request, and its outcome is settled. */
export interface StoreSession {
  readonly budget: Pick<Budget, 'attempts' | 'charge'>
  /** Stores a document under the id that it carries. */
  create(place: Place, key: Key, document: Members): Promise<Created>
  read(place: Place, key: Key): Promise<Stored | undefined>
  /** Writes `next.document` over the version `next.etag`. */
  replace(place: Place, key: Key, next: Stored): Promise<Stored | Lost>
  /** Deletes the version `etag`, or whichever is there. */
  remove(place: Place, key: Key, etag: string | undefined): Promise<'removed' | Lost>
  /** Waits before a lost race is run again; throws `concurrentChange` when no time is left. */
  yieldToOthers(): Promise<void>
  /** At most `limit` rows. */
  query(place: Place, query: Query, tenantId: string, limit: number): Promise<Rows>
}

interface Known<T> {
  readonly reply: Reply<T>
  /** True where an earlier attempt may have been carried out unseen. */
  readonly doubt: boolean
}

const TO_REPEAT = new Set(['unknown', 'throttled', 'refused'])

// Repeats until the store says something definite, or throws when the budget ends.
const untilKnown = async <T>(budget: Budget, run: Run<T>): Promise<Known<T>> => {
  let doubt = false
  for (;;) {
    const reply = await budget.spend(run)
    if (!TO_REPEAT.has(reply.outcome)) return { reply, doubt }
    doubt ||= reply.outcome === 'unknown'
    await budget.backOff(reply)
  }
}

const isWriteOf = (stored: Stored | undefined, document: Members): boolean =>
  stored !== undefined && stored.document[WRITE_ID] === document[WRITE_ID]

/** Opens the store for one request. */
export const openStore = (attempts: Attempts, limits: Limits): StoreSession => {
  const budget = startBudget(limits)

  const read = async (place: Place, key: Key): Promise<Stored | undefined> => {
    const { reply } = await untilKnown(budget, () => attempts.read(place, key))
    if (reply.outcome === 'ok') return reply.value
    if (reply.outcome === 'absent') return undefined
    throw toFailure(reply)
  }

  const create = async (place: Place, key: Key, document: Members): Promise<Created> => {
    for (;;) {
      const { reply } = await untilKnown(budget, () => attempts.create(place, document))
      if (reply.outcome === 'ok') return { stored: reply.value, isNew: true }
      if (reply.outcome !== 'exists') throw toFailure(reply)
      const stored = await read(place, key)
      if (stored !== undefined) return { stored, isNew: isWriteOf(stored, document) }
      // Taken a moment ago and gone now: it was deleted in between.
      await budget.backOff(reply)
    }
  }

  const replace = async (place: Place, key: Key, next: Stored): Promise<Stored | Lost> => {
    const { reply, doubt } = await untilKnown(budget, () => attempts.replace(place, key, next))
    if (reply.outcome === 'ok') return reply.value
    if (reply.outcome === 'absent') return 'absent'
    if (reply.outcome !== 'stale') throw toFailure(reply)
    if (!doubt) return 'stale'
    const stored = await read(place, key)
    if (stored === undefined) return 'absent'
    return isWriteOf(stored, next.document) ? stored : 'hidden'
  }

  const remove = async (place: Place, key: Key, etag: string | undefined): Promise<'removed' | Lost> => {
    const { reply, doubt } = await untilKnown(budget, () => attempts.remove(place, key, etag))
    if (reply.outcome === 'ok') return 'removed'
    if (reply.outcome === 'absent') return doubt ? 'removed' : 'absent'
    if (reply.outcome !== 'stale') throw toFailure(reply)
    return doubt ? 'hidden' : 'stale'
  }

  const query = async (place: Place, text: Query, tenantId: string, limit: number): Promise<Rows> => {
    const { reply } = await untilKnown(budget, (signal) => attempts.query(place, text, tenantId, limit, signal()))
    if (reply.outcome === 'ok') return reply.value
    throw toFailure(reply)
  }

  const yieldToOthers = (): Promise<void> => budget.backOff({ outcome: 'stale', charge: 0 })

  return { budget, create, read, replace, remove, yieldToOthers, query }
}
