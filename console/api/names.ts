import { type Api, answered, type Result } from './client'
import { slices } from './slices'

/** The most values that the API takes in a list of a filter. */
export const MAX_VALUES = 100

// Names hardly ever change, so one that was seen is not asked for again while the page is open.
const operationNames = new Map<string, string>()
const customerNames = new Map<string, string>()

/** The name of a customer, or its id where no result that was seen tells the name. */
export function customerName(customer: string): string {
  return customerNames.get(customer) ?? customer
}

/** Whether the name of a customer is known. */
export function isKnownCustomer(customer: string): boolean {
  return customerNames.has(customer)
}

/** The name of an operation, or its id where it is not known. */
export function operationName(operation: string): string {
  return operationNames.get(operation) ?? operation
}

/** Remembers the names of customers, which results carry in the dynamic property `targetTenantDisplayName`. */
export function noteCustomers(results: readonly Result[]): void {
  for (const { targetTenantId, targetTenantDisplayName: name } of results) {
    if (targetTenantId !== undefined && typeof name === 'string' && name !== '') customerNames.set(targetTenantId, name)
  }
}

/** Learns the names of the customers and operations of results. */
export async function learnNames({ get }: Api, results: readonly Result[], signal: AbortSignal): Promise<void> {
  noteCustomers(results)
  const ids = new Set(results.map(({ managedTenantOperationId = '' }) => managedTenantOperationId))
  const unknown = [...ids].filter((id) => !operationNames.has(id))
  for (const part of slices(unknown, MAX_VALUES)) {
    const query = { $filter: `id in (${part.map(quote).join(',')})`, $select: 'id,name', $top: MAX_VALUES }
    const { value = [] } = answered(await get('/managedTenantOperations', { params: { query }, signal }))
    for (const { id, name } of value) if (id !== undefined && name !== undefined) operationNames.set(id, name)
  }
}

/** A string as a literal of OData. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
