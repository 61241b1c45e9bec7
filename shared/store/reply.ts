import type { Members } from '../schemas/problems'

/** A document as the store has it, with the version (`_etag`) to change it by. */
export interface Stored {
  readonly document: Members
  readonly etag: string
}

/** Which document: its partner, its id. */
export interface Key {
  readonly tenantId: string
  readonly id: string
}

/** Container and full partition key rule of the documents of one resource. */
export interface Place {
  readonly container: string
  readonly partitionKey: readonly ['partnerTenantId'] | readonly ['partnerTenantId', 'id']
}

/** A parameterised query: text from a request is only ever in the parameters. */
export interface Query {
  readonly text: string
  readonly parameters: readonly { readonly name: string; readonly value: string | number | boolean | null }[]
}

/**
 * What one attempt at the store came to. `unknown`: it may have been carried out or not. `refused`: nothing was sent.
 * `denied`: the store does not accept our identity. `defect`: it does not accept the request itself.
 */
export type Outcome =
  | 'absent'
  | 'exists'
  | 'stale'
  | 'throttled'
  | 'tooLarge'
  | 'unknown'
  | 'refused'
  | 'denied'
  | 'defect'

/** An attempt that succeeded, or why not. `charge` in request units; `retryAfter` in milliseconds. */
export type Reply<T> =
  | { readonly outcome: 'ok'; readonly value: T; readonly charge: number }
  | { readonly outcome: Outcome; readonly charge: number; readonly retryAfter?: number; readonly cause?: unknown }

/** Rows of a query. `cut` where there may be more than these, left behind because of their size. */
export interface Rows {
  readonly rows: readonly unknown[]
  readonly cut: boolean
}

/**
 * Single attempts at the store, one request each (a query: one a page). They never throw and never retry, and each
 * request ends by itself when the time of an attempt is over.
 */
export interface Attempts {
  create(place: Place, document: Members): Promise<Reply<Stored>>
  read(place: Place, key: Key): Promise<Reply<Stored>>
  replace(place: Place, key: Key, stored: Stored): Promise<Reply<Stored>>
  remove(place: Place, key: Key, etag: string | undefined): Promise<Reply<undefined>>
  /** At most `limit` rows of a query within one tenant; the signal ends it between requests, and within one. */
  query(place: Place, query: Query, tenantId: string, limit: number, signal: AbortSignal): Promise<Reply<Rows>>
  /** Reads the definitions of containers, so that the first create need not. */
  warm(containers: readonly string[]): Promise<void>
}
