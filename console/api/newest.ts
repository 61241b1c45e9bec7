import { type Api, answered, type Result } from './client'
import { isKnownCustomer, noteCustomers } from './names'

// The API takes no more in a batch.
const MAX_REQUESTS = 20

/**
 * The newest result that each filter selects, with one request for all, twenty at most: it tells the customer's name,
 * and what went wrong. Undefined where there is none.
 */
export async function askNewest(
  { post }: Api,
  filters: readonly string[],
  signal: AbortSignal,
): Promise<readonly (Result | undefined)[]> {
  const requests = filters.map((filter, index) => ({
    id: String(index),
    method: 'GET',
    url: `/managedTenantOperationResults?${new URLSearchParams({ $filter: filter, $top: '1' })}`,
  }))
  const { responses } = answered(await post('/$batch', { body: { requests }, signal }))
  const results = filters.map((_, index) => firstOf(responses.find(({ id }) => id === String(index))?.body))
  noteCustomers(results.filter((result) => result !== undefined))
  return results
}

function firstOf(page: unknown): Result | undefined {
  if (typeof page !== 'object' || page === null || !('value' in page) || !Array.isArray(page.value)) return undefined
  return page.value[0]
}

/** Learns the names of customers whose results were not seen; of twenty at most, the others stay ids. */
export async function learnCustomers(api: Api, customers: readonly string[], signal: AbortSignal): Promise<void> {
  const unknown = customers.filter((customer) => !isKnownCustomer(customer)).slice(0, MAX_REQUESTS)
  if (unknown.length === 0) return
  await askNewest(
    api,
    unknown.map((customer) => `targetTenantId eq ${customer}`),
    signal,
  )
}
