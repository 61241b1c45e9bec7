import type { Outcome, Period } from '../address/address'
import { type Api, answered, type HttpExchange, type Operation, type Page, type Result, type Summary } from './client'
import { within } from './dates'
import { learnNames, noteCustomers, quote } from './names'
import { patiently } from './patiently'

/** One page of a table: its rows, and where the next begins. */
export interface Rows<T> {
  readonly rows: readonly T[]
  /** The `$skiptoken` of the next page, empty where there is none. */
  readonly next: string
  readonly total: number | undefined
}

/** Where the rows of a table come from, a page at a time. */
export interface Source<T> {
  readonly ask: (options: PageOptions, signal: AbortSignal) => Promise<Page<T>>
  /** Learns the names that the rows of a page are shown with. */
  readonly learn?: (rows: readonly T[], signal: AbortSignal) => Promise<void>
}

interface PageOptions {
  readonly $top: number
  readonly $count?: boolean
  readonly $skiptoken?: string
}

/** The most rows on a page that is shown, and on one that is exported. */
export const PAGE_SIZES = { shown: 50, exported: 999 } as const

/** The page of a table that begins at a `$skiptoken`, at the first row where that is empty. */
export async function askRows<T>({ ask, learn }: Source<T>, page: string, signal: AbortSignal): Promise<Rows<T>> {
  const position = page === '' ? {} : { $skiptoken: page }
  const answer = await ask({ $top: PAGE_SIZES.shown, $count: true, ...position }, signal)
  const rows = answer.value ?? []
  await learn?.(rows, signal)
  const link = answer['@odata.nextLink']
  const next = link === undefined ? '' : (new URL(link).searchParams.get('$skiptoken') ?? '')
  return { rows, next, total: answer['@odata.count'] }
}

/** Every page of a table, with how many rows there are in all. */
export async function* askPages<T>(
  { next }: Api,
  { ask, learn }: Source<T>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly rows: readonly T[]; readonly total: number }> {
  const first = { $top: PAGE_SIZES.exported, $count: true }
  let page: Page<T> | undefined = await patiently(() => ask(first, signal), signal)
  const total = page['@odata.count'] ?? page.value?.length ?? 0
  while (page !== undefined) {
    const current: Page<T> = page
    const rows = current.value ?? []
    await patiently(async () => learn?.(rows, signal), signal)
    yield { rows, total }
    page = await patiently(() => next(current, signal), signal)
  }
}

/** Rows that are there already. */
export function rowsAtHand<T>(rows: readonly T[]): Source<T> {
  return { ask: async () => ({ value: rows }) }
}

/** Operations, the newest first, whose name contains a text and whose status is one; empty for any. */
export function operations({ get }: Api, name: string, status: string): Source<Operation> {
  const conditions = [
    ...(name === '' ? [] : [`contains(tolower(name),${quote(name.toLowerCase())})`]),
    ...(status === '' ? [] : [`status eq ${quote(status)}`]),
  ]
  return {
    ask: async (options, signal) => {
      const query = { ...options, ...filterBy(conditions) }
      return answered(await get('/managedTenantOperations', { params: { query }, signal }))
    },
  }
}

/** The status that operations have, in the order of the alphabet. */
export async function askStatuses({ get }: Api, signal: AbortSignal): Promise<readonly string[]> {
  const query = { $apply: 'groupby((status),aggregate($count as count))' }
  const { value = [] } = answered(await get('/managedTenantOperations', { params: { query }, signal }))
  return value.flatMap(({ status }) => status ?? []).sort()
}

/** One operation. */
export async function askOperation({ get }: Api, id: string, signal: AbortSignal): Promise<Operation> {
  return answered(await get('/managedTenantOperations/{id}', { params: { path: { id } }, signal }))
}

/** What its results add up to. */
export async function askSummary({ get }: Api, id: string, signal: AbortSignal): Promise<Summary> {
  return answered(await get('/managedTenantOperations/{id}/summary', { params: { path: { id } }, signal }))
}

/** The results of an operation, the newest first; at every customer where that is empty. */
export function resultsOf({ get }: Api, id: string, outcome: Outcome, customer: string): Source<Result> {
  const conditions = [...customerFilter(customer), ...outcomeFilter(outcome)]
  return {
    ask: async (options, signal) => {
      const params = { path: { id }, query: { ...options, ...filterBy(conditions) } }
      return answered(await get('/managedTenantOperations/{id}/results', { params, signal }))
    },
    learn: async (rows) => noteCustomers(rows),
  }
}

/** The results of a customer in a period, the newest first. */
export function resultsAt(api: Api, customer: string, period: Period, outcome: Outcome): Source<Result> {
  const conditions = [within(period), ...customerFilter(customer), ...outcomeFilter(outcome)]
  return {
    ask: async (options, signal) => {
      const query = { ...options, ...filterBy(conditions) }
      return answered(await api.get('/managedTenantOperationResults', { params: { query }, signal }))
    },
    learn: (rows, signal) => learnNames(api, rows, signal),
  }
}

/** The HTTP requests of an operation at a customer, the oldest first; at every customer where that is empty. */
export function exchangesOf({ get }: Api, id: string, customer: string): Source<HttpExchange> {
  const conditions = customerFilter(customer)
  return {
    ask: async (options, signal) => {
      const query = { ...options, ...filterBy(conditions), $orderby: 'createdDateTime' }
      const params = { path: { id }, query }
      return answered(await get('/managedTenantOperations/{id}/httpRequests', { params, signal }))
    },
  }
}

function outcomeFilter(outcome: Outcome): readonly string[] {
  if (outcome === 'failed') return ['isSuccess eq false']
  return outcome === 'succeeded' ? ['isSuccess eq true'] : []
}

function customerFilter(customer: string): readonly string[] {
  return customer === '' ? [] : [`targetTenantId eq ${customer}`]
}

function filterBy(conditions: readonly string[]): { readonly $filter?: string } {
  return conditions.length === 0 ? {} : { $filter: conditions.join(' and ') }
}
