import type { Renewable } from '../basics/renewable'

/** What is used here of the SDK's client. */
export interface OperationsClient<Operation> {
  database(name: string): {
    container(name: string): {
      readonly items: {
        bulk(operations: Operation[], bulkOptions: object, options: object): Promise<readonly unknown[]>
      }
    }
  }
}

/**
 * Has the store carry out operations, each for itself; resolves with what the SDK says of each.
 *
 * `bulk` and not its successor `executeBulkOperations`, which sends what is left of a hundred only after a second, and
 * retries by rules of its own: a tenth as fast, and behind the back of our deadline.
 */
export async function runOperations<Operation, Client extends OperationsClient<Operation>>(
  { current, renew }: Renewable<Client>,
  [database, container]: readonly [string, string],
  operations: Operation[],
  abortSignal: AbortSignal,
): Promise<readonly unknown[]> {
  const client = current()
  const abandon = (): void => renew(client)
  abortSignal.addEventListener('abort', abandon, { once: true })
  try {
    const { items } = client.database(database).container(container)
    // The store need not repeat what it was sent.
    return await items.bulk(
      operations,
      { continueOnError: true },
      { contentResponseOnWriteEnabled: false, abortSignal },
    )
  } catch (error) {
    abandon()
    throw error
  } finally {
    abortSignal.removeEventListener('abort', abandon)
  }
}
