import type { Page } from './client'
import { patiently } from './patiently'

/** One page of a table. */
export interface Rows<T> {
  readonly rows: readonly T[]
  /** Where the next page begins, empty where there is none. */
  readonly next: string
  /** How many rows there are on all pages, where that was asked for. */
  readonly total: number | undefined
}

/** Which page of a table. */
export interface PageRequest {
  readonly size: number
  /** Where it begins: what the page before said, empty for the first. */
  readonly position: string
  readonly isCounted: boolean
}

/** Where the rows of a table come from, a page at a time, with the names that they are shown with. */
export type Source<T> = (page: PageRequest, signal: AbortSignal) => Promise<Rows<T>>

// The most entities that the API answers at once.
const EXPORTED = 999

/** Every page of a table, after how many rows there are in all. */
export async function* askPages<T>(
  source: Source<T>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly rows: readonly T[]; readonly total: number }> {
  // Counted once: each page would count anew.
  const { total = 0 } = await patiently(() => source({ size: 1, position: '', isCounted: true }, signal), signal)
  yield { rows: [], total }
  let position = ''
  do {
    const page = { size: EXPORTED, position, isCounted: false }
    const { rows, next } = await patiently(() => source(page, signal), signal)
    yield { rows, total }
    position = next
  } while (position !== '')
}

/** Rows that are there already. */
export function rowsAtHand<T>(all: readonly T[]): Source<T> {
  return async ({ size, position }) => sliceRows(all, size, position)
}

/** A page of rows that are there already; a position is the number of rows before it. */
export function sliceRows<T>(all: readonly T[], size: number, position: string): Rows<T> {
  const start = Number(position) || 0
  const end = start + size
  return { rows: all.slice(start, end), next: end < all.length ? String(end) : '', total: all.length }
}

/** The query options of a page. */
export function toOptions({ size, position, isCounted }: PageRequest) {
  return { $top: size, ...(isCounted && { $count: true }), ...(position !== '' && { $skiptoken: position }) }
}

/** The rows of a page that the API answered. */
export function toRows<T>({ value, '@odata.nextLink': link, '@odata.count': total }: Page<T>): Rows<T> {
  const next = link === undefined ? '' : (new URL(link).searchParams.get('$skiptoken') ?? '')
  return { rows: value ?? [], next, total }
}
