import type { Outcome, Period } from '../address/address'
import { type Api, answered, type HttpExchange, type Operation, type Result, type Summary } from './client'
import { within } from './dates'
import { askGroups, type Group, sumBy } from './groups'
import { learnNames, MAX_VALUES, noteCustomers, quote } from './names'
import { slices } from './slices'
import { type Source, toOptions, toRows } from './source'

/** An operation, with how many results it has. */
export type CountedOperation = Operation & { readonly failed: number; readonly results: number }

/** Operations, the newest first, whose name contains a text and whose status is one; empty for any. */
export function operations(api: Api, name: string, status: string): Source<CountedOperation> {
  const conditions = [
    ...(name === '' ? [] : [`contains(tolower(name),${quote(name.toLowerCase())})`]),
    ...(status === '' ? [] : [`status eq ${quote(status)}`]),
  ]
  return async (page, signal) => {
    const query = { ...toOptions(page), ...filterBy(conditions) }
    const found = toRows(answered(await api.get('/managedTenantOperations', { params: { query }, signal })))
    return { ...found, rows: await countResults(api, found.rows, signal) }
  }
}

async function countResults(
  api: Api,
  found: readonly Operation[],
  signal: AbortSignal,
): Promise<readonly CountedOperation[]> {
  const groups: Group[] = []
  const by = ['managedTenantOperationId', 'isSuccess']
  for (const part of slices(found, MAX_VALUES)) {
    const filter = `managedTenantOperationId in (${part.map(({ id = '' }) => quote(id))})`
    groups.push(...(await askGroups(api, '/managedTenantOperationResults', filter, by, signal)))
  }
  const results = sumBy(groups, 'managedTenantOperationId')
  const failed = sumBy(
    groups.filter(({ isSuccess }) => isSuccess === false),
    'managedTenantOperationId',
  )
  return found.map((operation) => ({
    ...operation,
    failed: failed.get(operation.id ?? '') ?? 0,
    results: results.get(operation.id ?? '') ?? 0,
  }))
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
  return async (page, signal) => {
    const params = { path: { id }, query: { ...toOptions(page), ...filterBy(conditions) } }
    const found = toRows(answered(await get('/managedTenantOperations/{id}/results', { params, signal })))
    noteCustomers(found.rows)
    return found
  }
}

/** The results of a period, the newest first; at every customer where that is empty. */
export function resultsIn(api: Api, period: Period, customer: string, outcome: Outcome): Source<Result> {
  const conditions = [within(period), ...customerFilter(customer), ...outcomeFilter(outcome)]
  return async (page, signal) => {
    const query = { ...toOptions(page), ...filterBy(conditions) }
    const found = toRows(answered(await api.get('/managedTenantOperationResults', { params: { query }, signal })))
    await learnNames(api, found.rows, signal)
    return found
  }
}

/** The HTTP requests of an operation at a customer, the oldest first; at every customer where that is empty. */
export function exchangesOf({ get }: Api, id: string, customer: string): Source<HttpExchange> {
  const conditions = customerFilter(customer)
  return async (page, signal) => {
    const query = { ...toOptions(page), ...filterBy(conditions), $orderby: 'createdDateTime' }
    const params = { path: { id }, query }
    return toRows(answered(await get('/managedTenantOperations/{id}/httpRequests', { params, signal })))
  }
}

function outcomeFilter(outcome: Outcome): readonly string[] {
  if (outcome === 'failed') return ['isSuccess eq false']
  return outcome === 'succeeded' ? ['isSuccess eq true'] : []
}

/** The condition that selects a customer, none where that is empty. */
export function customerFilter(customer: string): readonly string[] {
  return customer === '' ? [] : [`targetTenantId eq ${customer}`]
}

function filterBy(conditions: readonly string[]): { readonly $filter?: string } {
  return conditions.length === 0 ? {} : { $filter: conditions.join(' and ') }
}
