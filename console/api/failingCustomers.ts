import type { Period } from '../address/address'
import type { Api, Result } from './client'
import { within } from './dates'
import { askGroups, countOf, type Group, sumBy } from './groups'
import { askNewest, MAX_REQUESTS } from './newest'
import { commonReason, type Reason } from './reasons'
import { slices } from './slices'
import { type Source, sliceRows } from './source'

/** What failed at one customer. */
export interface FailingCustomer {
  readonly customer: string
  readonly failed: number
  readonly results: number
  /** What most of its newest failures say. */
  readonly reason: Reason | undefined
}

const RESULTS = '/managedTenantOperationResults'
// Failures of a customer that are looked at for the most common reason.
const LOOKED_AT = 50

/** The customers with failures in a period, those with the most first. */
export function failingCustomers(api: Api, period: Period): Source<FailingCustomer> {
  return async ({ size, position }, signal) => {
    const groups = await askGroups(api, RESULTS, `${within(period)} and isSuccess eq false`, ['targetTenantId'], signal)
    const page = sliceRows(groups.map(toCustomer).sort(byFailures), size, position)
    const rows: FailingCustomer[] = []
    for (const part of slices(page.rows, MAX_REQUESTS)) rows.push(...(await explain(api, period, part, signal)))
    return { ...page, rows }
  }
}

interface Counted {
  readonly customer: string
  readonly failed: number
}

function toCustomer(group: Group): Counted {
  return { customer: String(group.targetTenantId), failed: countOf(group) }
}

function byFailures(a: Counted, b: Counted): number {
  return b.failed - a.failed || (a.customer < b.customer ? -1 : 1)
}

async function explain(
  api: Api,
  period: Period,
  customers: readonly Counted[],
  signal: AbortSignal,
): Promise<readonly FailingCustomer[]> {
  const ids = customers.map(({ customer }) => customer)
  const filters = ids.map((id) => `${within(period)} and isSuccess eq false and targetTenantId eq ${id}`)
  const [totals, failures] = await Promise.all([
    askGroups(api, RESULTS, `${within(period)} and targetTenantId in (${ids.join(',')})`, ['targetTenantId'], signal),
    askNewest(api, filters, LOOKED_AT, signal),
  ])
  const results = sumBy(totals, 'targetTenantId')
  return customers.map((counted, index) => ({
    ...counted,
    results: results.get(counted.customer) ?? 0,
    reason: commonReason(failures[index] ?? noFailures),
  }))
}

const noFailures: readonly Result[] = []
