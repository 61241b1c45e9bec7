import { type Api, answered, type Result } from './client'
import { toFailure } from './failure'
import { isKnownCustomer, noteCustomers } from './names'
import { slices } from './slices'

/** The most requests that the API takes in a batch. */
export const MAX_REQUESTS = 20

/** The newest results that each filter selects, with one request for all; twenty filters at most. */
export async function askNewest(
  { post }: Api,
  filters: readonly string[],
  top: number,
  signal: AbortSignal,
): Promise<readonly (readonly Result[])[]> {
  const requests = filters.map((filter, index) => ({
    id: String(index),
    method: 'GET',
    url: `/managedTenantOperationResults?${new URLSearchParams({ $filter: filter, $top: String(top), $select: SELECT })}`,
  }))
  const { responses } = answered(await post('/$batch', { body: { requests }, signal }))
  const pages = await Promise.all(
    filters.map((_, index) => resultsIn(responses.find(({ id }) => id === String(index)))),
  )
  noteCustomers(pages.flat())
  return pages
}

const SELECT = 'targetTenantId,targetTenantDisplayName,exception'

/** Learns the names of customers of which no result was seen: the newest result of each tells it. */
export async function learnCustomers(api: Api, customers: readonly string[], signal: AbortSignal): Promise<void> {
  const unknown = customers.filter((customer) => !isKnownCustomer(customer))
  for (const part of slices(unknown, MAX_REQUESTS)) {
    const filters = part.map((customer) => `targetTenantId eq ${customer}`)
    await askNewest(api, filters, 1, signal)
  }
}

interface Part {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

// Each part of a batch fails for itself.
async function resultsIn({ status, headers = {}, body }: Part = { status: 502 }): Promise<readonly Result[]> {
  if (status !== 200) throw await toFailure(new Response(JSON.stringify(body), { status, headers }))
  return typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value) ? body.value : []
}
