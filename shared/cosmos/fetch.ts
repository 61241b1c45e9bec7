import { setImmediate as immediate } from 'node:timers/promises'
import { addGroup, type Group } from './groups'
import { isWhole } from './queryPages'

/** The pages of a query, as the SDK returns them. */
export interface Pages {
  hasMoreResults(): boolean
  fetchNext(): Promise<{ readonly resources?: readonly unknown[]; readonly requestCharge: number }>
}

/** What was fetched of a query, in the shape of a response of the SDK. */
export interface Fetched {
  readonly statusCode: 200
  readonly resource: { readonly rows: readonly unknown[]; readonly cut: boolean }
  readonly headers: Readonly<Record<string, number>>
}

// Bytes of rows after which no further page is fetched: the store ends a page at 4 MB, and so does an answer.
const LARGE = 4_000_000

/** Fetches at most `limit` rows. */
export async function fetchRows(pages: Pages, limit: number, signal: AbortSignal): Promise<Fetched> {
  const rows: unknown[] = []
  let charge = 0
  let size = 0
  while (rows.length < limit && size < LARGE && pages.hasMoreResults()) {
    // Lets the deadline's timer fire between pages, even where the SDK loops without asking the store.
    if (size > 0) await immediate()
    signal.throwIfAborted()
    const page = await pages.fetchNext()
    rows.push(...(page.resources ?? []))
    charge += page.requestCharge
    // Stop once the rows are as large as one page of the store: the answer has no room for more.
    if (rows.length < limit && pages.hasMoreResults()) size += JSON.stringify(page.resources ?? []).length
  }
  const cut = rows.length < limit && pages.hasMoreResults()
  return toFetched(rows.slice(0, limit), cut, charge)
}

/**
 * Fetches every group, and merges those that come in parts; `cut` where there are more than `limit`. Throws where the
 * SDK has not returned all that the store sent: nobody could tell a count that is too small from a right one.
 */
export async function fetchGroups(pages: Pages, limit: number, signal: AbortSignal): Promise<Fetched> {
  const groups = new Map<string, Group>()
  let charge = 0
  let rows = 0
  while (groups.size <= limit && pages.hasMoreResults()) {
    await immediate()
    signal.throwIfAborted()
    const page = await pages.fetchNext()
    charge += page.requestCharge
    rows += page.resources?.length ?? 0
    for (const row of page.resources ?? []) addGroup(groups, row)
  }
  const cut = groups.size > limit
  if (!cut && !isWhole(signal, rows)) throw new Error('the query ended before its last page')
  return toFetched([...groups.values()], cut, charge)
}

function toFetched(rows: readonly unknown[], cut: boolean, charge: number): Fetched {
  return { statusCode: 200, resource: { rows, cut }, headers: { 'x-ms-request-charge': charge } }
}
