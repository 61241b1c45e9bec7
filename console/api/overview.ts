import type { Period } from '../address/address'
import { type Api, answered, type Result } from './client'
import { daysOf, within } from './dates'
import { countOf, groupOperations, groupResults, sumBy } from './groups'
import { learnNames } from './names'
import { askNewest } from './newest'

/** What happened on one UTC day. */
export interface Day {
  readonly day: string
  readonly succeeded: number
  readonly failed: number
  /** Operations that were created, where that was asked for. */
  readonly operations?: number
}

/** What failed at one customer. */
export interface CustomerFailures {
  readonly customer: string
  readonly failed: number
  readonly results: number
  /** The exception of the newest failure. */
  readonly exception: string
}

const TOP_CUSTOMERS = 8
const TOP_FAILURES = 10

/** Operations and results of each day of a period. */
export async function askDays(api: Api, period: Period, signal: AbortSignal): Promise<readonly Day[]> {
  const [operations, results] = await Promise.all([
    groupOperations(api, within(period), ['day'], signal),
    askResultDays(api, period, '', signal),
  ])
  const counts = sumBy(operations, 'day')
  return results.map((day) => ({ ...day, operations: counts.get(day.day) ?? 0 }))
}

/** Results of each day of a period, of one customer or all. */
export async function askResultDays(
  api: Api,
  period: Period,
  customer: string,
  signal: AbortSignal,
): Promise<readonly Day[]> {
  const filter = [within(period), ...(customer === '' ? [] : [`targetTenantId eq ${customer}`])].join(' and ')
  const groups = await groupResults(api, filter, ['day', 'isSuccess'], signal)
  const failed = sumBy(
    groups.filter(({ isSuccess }) => isSuccess !== true),
    'day',
  )
  const succeeded = sumBy(
    groups.filter(({ isSuccess }) => isSuccess === true),
    'day',
  )
  return daysOf(period).map((day) => ({ day, succeeded: succeeded.get(day) ?? 0, failed: failed.get(day) ?? 0 }))
}

/** The customers with the most failures of a period, the most first, and how many customers have failures at all. */
export async function askCustomers(
  api: Api,
  period: Period,
  signal: AbortSignal,
): Promise<{ readonly top: readonly CustomerFailures[]; readonly customers: number }> {
  const failed = `${within(period)} and isSuccess eq false`
  const groups = await groupResults(api, failed, ['targetTenantId'], signal)
  const ordered = [...groups].sort((a, b) => countOf(b) - countOf(a) || (customerIn(a) < customerIn(b) ? -1 : 1))
  const top = ordered.slice(0, TOP_CUSTOMERS).map(customerIn)
  if (top.length === 0) return { top: [], customers: 0 }
  const [totals, newest] = await Promise.all([
    groupResults(api, `${within(period)} and targetTenantId in (${top.join(',')})`, ['targetTenantId'], signal),
    askNewest(
      api,
      top.map((customer) => `${failed} and targetTenantId eq ${customer}`),
      signal,
    ),
  ])
  const counts = sumBy(groups, 'targetTenantId')
  const results = sumBy(totals, 'targetTenantId')
  return {
    customers: groups.length,
    top: top.map((customer, index) => ({
      customer,
      failed: counts.get(customer) ?? 0,
      results: results.get(customer) ?? 0,
      exception: newest[index]?.exception ?? '',
    })),
  }
}

/** The newest failures of a period. */
export async function askFailures(api: Api, period: Period, signal: AbortSignal): Promise<readonly Result[]> {
  const query = { $filter: `${within(period)} and isSuccess eq false`, $top: TOP_FAILURES }
  const { value = [] } = answered(await api.get('/managedTenantOperationResults', { params: { query }, signal }))
  await learnNames(api, value, signal)
  return value
}

function customerIn({ targetTenantId }: Readonly<Record<string, unknown>>): string {
  return String(targetTenantId)
}
