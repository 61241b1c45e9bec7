import type { JsonObject } from '../basics/isObject'
import type { Resource } from '../schemas/resource'

/** A document as the store has it, with the version (`_etag`) to change it by. */
export interface Stored {
  readonly document: JsonObject
  readonly etag: string
}

/** The key of a document: its partner and its id. */
export interface Key {
  readonly tenantId: string
  readonly id: string
}

/** A container and the properties of its partition key. */
export type ContainerReference = Pick<Resource, 'container' | 'partitionKey'>

/** A parameterized query: values from a request are only ever in the parameters. */
export interface Query {
  readonly text: string
  readonly parameters: readonly { readonly name: string; readonly value: string | number | boolean | null }[]
}

/** Rows of a query. `cut` where there may be more, not fetched because the rows so far are too large. */
export interface Rows {
  readonly rows: readonly unknown[]
  readonly cut: boolean
}

/**
 * Why an attempt at the store failed. `unknown`: it may or may not have been carried out. `unsent`: nothing was sent,
 * and another attempt may succeed. `refused`: nothing was sent, and no region accepts connections. `full`: the
 * partition has reached its limit. `denied`: the store does not accept our identity. `defect`: it does not accept the
 * request itself.
 */
export type Failed =
  | 'absent'
  | 'exists'
  | 'stale'
  | 'throttled'
  | 'tooLarge'
  | 'full'
  | 'unknown'
  | 'unsent'
  | 'refused'
  | 'denied'
  | 'defect'

/** The outcome of an attempt. `charge` in request units; `retryAfter` in milliseconds. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly charge: number }
  | { readonly kind: Failed; readonly charge: number; readonly retryAfter?: number; readonly cause?: unknown }

/** Creates the signal that ends an attempt, only where its cost is worth it. */
export type Signal = () => AbortSignal

/** Operations that one request to the store may have. */
export const MAX_OPERATIONS = 100

/**
 * Bytes of documents up to which operations are put into one request. The SDK sends what is larger in several, and so
 * more of them at once than we count.
 */
export const MAX_OPERATIONS_BYTES = 200_000

/**
 * Single attempts at the store, one request each (a query: one a page). They never throw and never retry, and each
 * request ends by itself when the time of an attempt is over; with a signal nothing is sent after that either.
 */
export interface Attempts {
  create(at: ContainerReference, document: JsonObject, signal?: Signal): Promise<Outcome<Stored>>
  read(at: ContainerReference, key: Key, signal?: Signal): Promise<Outcome<Stored>>
  replace(at: ContainerReference, key: Key, stored: Stored, signal?: Signal): Promise<Outcome<Stored>>
  remove(at: ContainerReference, key: Key, etag: string | undefined, signal?: Signal): Promise<Outcome<undefined>>
  /**
   * Creates up to `MAX_OPERATIONS` documents, each for itself: one outcome for each, in their order. The store does not
   * repeat what it was sent.
   */
  createAll(
    at: ContainerReference,
    documents: readonly JsonObject[],
    signal: AbortSignal,
  ): Promise<Outcome<readonly Outcome<Stored>[]>>
  /** Reads up to `MAX_OPERATIONS` documents: one outcome for each, in the order of the keys. */
  readAll(
    at: ContainerReference,
    keys: readonly Key[],
    signal: AbortSignal,
  ): Promise<Outcome<readonly Outcome<Stored>[]>>
  /** At most `limit` rows of a query within one tenant; the signal ends it between requests, and within one. */
  query(
    at: ContainerReference,
    query: Query,
    tenantId: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<Outcome<Rows>>
  /** Every group of a query with GROUP BY, merged (see `Group`), where there are no more than `limit`. */
  groups(
    at: ContainerReference,
    query: Query,
    tenantId: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<Outcome<Rows>>
  /** Reads the definitions of containers, so that the first create need not. */
  warm(containers: readonly string[]): Promise<void>
}

const ATTEMPT_SHARE = 0.4

/** Milliseconds that one attempt may take of a request's deadline. */
export function attemptTime({ deadline }: { readonly deadline: number }): number {
  return deadline * ATTEMPT_SHARE
}
