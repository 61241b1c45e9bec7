import type { Period } from '../address/address'
import type { Api } from './client'
import { daysOf, within } from './dates'
import { askGroups, sumBy } from './groups'
import { customerFilter } from './records'

/** What happened on one UTC day. */
export interface Day {
  readonly day: string
  readonly succeeded: number
  readonly failed: number
  /** Operations that were created, where that was asked for. */
  readonly operations?: number
}

/** Operations and results of each day of a period. */
export async function askDays(api: Api, period: Period, signal: AbortSignal): Promise<readonly Day[]> {
  const [operations, results] = await Promise.all([
    askGroups(api, '/managedTenantOperations', within(period), ['day'], signal),
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
  const filter = [within(period), ...customerFilter(customer)].join(' and ')
  const groups = await askGroups(api, '/managedTenantOperationResults', filter, ['day', 'isSuccess'], signal)
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
