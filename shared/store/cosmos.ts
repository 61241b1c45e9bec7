import { setImmediate as immediate } from 'node:timers/promises'
import {
  type Container,
  CosmosClient,
  type CosmosClientOptions,
  type FeedOptions,
  type Item,
  type PartitionKey,
} from '@azure/cosmos'
import type { JsonObject } from '../basics/isObject'
import type { Config } from '../config'
import type { Attempts, ContainerReference, Key, Outcome, Query, Rows, Stored } from './attempts'
import { lazyCredential } from './credential'
import { chargeOf, toOutcome } from './outcome'
import { attemptTime } from './retry'

const GONE = 410
const NO_ANSWER = 'NoAnswerError'

// Bytes of rows after which no further page is fetched: the store ends a page at 4 MB, and so does an answer.
const LARGE = 4_000_000

/** The one client of this process. Making it opens no connection. */
export function cosmosAttempts(config: Config): Attempts {
  const database = new CosmosClient(clientOptions(config)).database(config.store.database)
  const containerOf = ({ container }: ContainerReference): Container => database.container(container)
  const itemOf = (at: ContainerReference, key: Key): Item => containerOf(at).item(key.id, partitionKeyOf(at, key))
  return {
    create: (at, document) => attempt(() => containerOf(at).items.create(document), toStored),
    read: (at, key) => attempt(() => itemOf(at, key).read(), toStored),
    replace: (at, key, { document, etag }) =>
      attempt(() => itemOf(at, key).replace(document, conditional(etag)), toStored),
    remove: (at, key, etag) =>
      attempt(
        () => itemOf(at, key).delete(conditional(etag)),
        () => undefined,
      ),
    query: (at, query, tenantId, limit, signal) => {
      const partition = at.partitionKey.length === 1 ? { partitionKey: tenantId } : {}
      return attempt(
        () => fetchRows(containerOf(at), query, limit, { ...partition, abortSignal: signal }),
        // What fetchRows put there.
        ({ resource }) => resource as Rows,
      )
    },
    warm: async (containers) => {
      await Promise.all(containers.map((name) => database.container(name).read()))
    },
  }
}

function clientOptions(config: Config): CosmosClientOptions {
  const { store } = config
  const several = store.regions.length > 1
  const options = {
    endpoint: store.endpoint,
    ...(store.key === undefined ? { aadCredentials: credentialOf(config) } : { key: store.key }),
    connectionPolicy: {
      // Off, or a dead endpoint blocks for two minutes and each call to an emulator costs two more.
      enableEndpointDiscovery: several,
      enableBackgroundEndpointRefreshing: several,
      preferredLocations: [...store.regions],
      requestTimeout: attemptTime(store),
      retryOptions: { maxRetryAttemptCount: 0, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 0 },
    },
  }
  // The SDK reads `plugins` but leaves it out of its types.
  return Object.assign(options, { plugins: [{ on: 'request', plugin: hideFromRetries(several) }] })
}

// Told a little before the attempt ends, who waits for a token learns that nothing was sent.
function credentialOf({ store, inAzure }: Config): NonNullable<CosmosClientOptions['aadCredentials']> {
  return lazyCredential({ clientId: store.clientId, inAzure, patience: 0.9 * attemptTime(store) })
}

// What a plugin of the SDK sees of a response.
interface Received {
  readonly code: number
  readonly result: unknown
}

// Hidden from the SDK's own retries, so that our deadline governs: reads whose connection broke (with several regions
// its own policies find the next one), and queries of a split partition, which it would retry for ever without letting
// anything else run, though a new query finds the new partitions.
function hideFromRetries(several: boolean) {
  return async (context: unknown, _node: unknown, next: (context: unknown) => Promise<Received>) => {
    try {
      const received = await next(context)
      checkContent(received)
      return received
    } catch (error) {
      const status = error instanceof Error && 'code' in error ? error.code : undefined
      if (status !== GONE && (several || typeof status === 'number')) throw error
      throw Object.assign(new Error('the store did not answer', { cause: error }), { name: NO_ANSWER })
    }
  }
}

// An empty success is a failure: the SDK would take a query's for an empty page. Only 204 has no body.
function checkContent({ code, result }: Received): void {
  if (code !== 204 && (typeof result !== 'object' || result === null)) throw new Error('the response has no content')
}

function partitionKeyOf({ partitionKey }: ContainerReference, { tenantId, id }: Key): PartitionKey {
  return partitionKey.length === 1 ? tenantId : [tenantId, id]
}

interface Response {
  readonly resource?: unknown
  readonly statusCode: number
  readonly substatus?: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
}

async function attempt<T>(run: () => Promise<Response>, pick: (response: Response) => T): Promise<Outcome<T>> {
  try {
    const response = await run()
    const { statusCode, substatus, headers } = response
    // The SDK returns the 404 of a read; every other failure it throws.
    if (statusCode === 404) return toOutcome({ code: statusCode, substatus, headers })
    return { kind: 'ok', value: pick(response), charge: chargeOf(headers) }
  } catch (error) {
    return toOutcome(error instanceof Error && error.name === NO_ANSWER ? error.cause : error)
  }
}

function toStored({ resource }: Response): Stored {
  // The answer to a point operation is one JSON object; whoever reads its members checks them.
  const document = resource as JsonObject
  return { document, etag: String(document._etag) }
}

function conditional(etag: string | undefined) {
  return etag === undefined ? {} : { accessCondition: { type: 'IfMatch', condition: etag } }
}

async function fetchRows(
  container: Container,
  { text, parameters }: Query,
  limit: number,
  options: FeedOptions & { readonly abortSignal: AbortSignal },
): Promise<Response> {
  // With query control a merge of partitions answers what it has, page by page, instead of gathering all rows first.
  const iterator = container.items.query(
    { query: text, parameters: [...parameters] },
    { ...options, maxItemCount: limit, enableQueryControl: true },
  )
  const rows: unknown[] = []
  let charge = 0
  let size = 0
  while (rows.length < limit && size < LARGE && iterator.hasMoreResults()) {
    // Between pages the deadline's timer may fire, even where the SDK goes round without asking the store.
    if (size > 0) await immediate()
    options.abortSignal.throwIfAborted()
    const page = await iterator.fetchNext()
    rows.push(...(page.resources ?? []))
    charge += page.requestCharge
    // Who has as much as one page of the store already need not fetch the rest to answer.
    if (rows.length < limit && iterator.hasMoreResults()) size += JSON.stringify(page.resources ?? []).length
  }
  const cut = rows.length < limit && iterator.hasMoreResults()
  return { statusCode: 200, resource: { rows: rows.slice(0, limit), cut }, headers: { 'x-ms-request-charge': charge } }
}
