import { setImmediate as immediate } from 'node:timers/promises'
import {
  type Container,
  CosmosClient,
  type CosmosClientOptions,
  type FeedOptions,
  type Item,
  type PartitionKey,
  type RequestOptions,
} from '@azure/cosmos'
import { cooled } from '../basics/cooled'
import type { JsonObject } from '../basics/isObject'
import type { Config } from '../config'
import type { Attempts, ContainerReference, Key, Outcome, Query, Rows, Stored } from './attempts'
import { lazyCredential } from './credential'
import { chargeOf, toOutcome } from './outcome'
import { newRegions } from './regions'
import { attemptTime } from './retry'
import { NO_ANSWER, type Steering, singleRequests } from './singleRequests'

// Part of an attempt's time after which what it waits for is given up, so that the attempt can still say why it failed.
const SHARE = 0.9

// A region that has answered nobody for this long, while it was asked, is silent.
const SILENCE_MS = 400

// How often the account is asked which regions take writes, while none of those that did is well.
const DESCRIBE_MS = 5000

// Bytes of rows after which no further page is fetched: the store ends a page at 4 MB, and so does an answer.
const LARGE = 4_000_000

/** The one client of this process. Making it opens no connection. */
export function cosmosAttempts(config: Config, now: () => Date): Attempts {
  const describe = cooled(DESCRIBE_MS, now, () => describeAccount(client, config.store.regions.length))
  const client: CosmosClient = new CosmosClient(clientOptions(config, steeringOf(config, now, describe)))
  const database = client.database(config.store.database)
  const containerOf = ({ container }: ContainerReference): Container => database.container(container)
  const itemOf = (at: ContainerReference, key: Key): Item => containerOf(at).item(key.id, partitionKeyOf(at, key))
  const options = abortable(config)
  return {
    create: (at, document, signal) => attempt(() => containerOf(at).items.create(document, options(signal)), toStored),
    read: (at, key, signal) => attempt(() => itemOf(at, key).read(options(signal)), toStored),
    replace: (at, key, { document, etag }, signal) =>
      attempt(() => itemOf(at, key).replace(document, { ...conditional(etag), ...options(signal) }), toStored),
    remove: (at, key, etag, signal) =>
      attempt(
        () => itemOf(at, key).delete({ ...conditional(etag), ...options(signal) }),
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

// What it says is taken in on its way. One failure of a region may be chance, and so it is asked once more than there are.
async function describeAccount(client: CosmosClient, regions: number): Promise<void> {
  for (let left = regions; left >= 0; left -= 1) {
    const isDone = await client.getDatabaseAccount().then(
      () => true,
      () => false,
    )
    if (isDone) return
  }
}

const hasSeveralRegions = ({ store }: Config): boolean => store.regions.length > 1

// Where something is waited for before a request is sent (a token, the account's regions), the request must not be sent
// any more when the attempt is over. Elsewhere the signal is not worth its price.
function abortable(config: Config): (signal?: () => AbortSignal) => RequestOptions {
  const waits = hasSeveralRegions(config) || config.store.key === undefined
  return (signal) => (waits && signal !== undefined ? { abortSignal: signal() } : {})
}

function clientOptions(config: Config, steering: Steering | undefined): CosmosClientOptions {
  const { store } = config
  const several = steering !== undefined
  const options = {
    endpoint: store.endpoint,
    ...(store.key === undefined ? { aadCredentials: credentialOf(config) } : { key: store.key }),
    connectionPolicy: {
      // Off, or a dead endpoint blocks for two minutes and each call to an emulator costs two more.
      enableEndpointDiscovery: several,
      enableBackgroundEndpointRefreshing: several,
      enablePartitionLevelFailover: false,
      preferredLocations: [...store.regions],
      // A silent region is known before the next attempt begins.
      requestTimeout: several ? SHARE * attemptTime(store) : attemptTime(store),
      retryOptions: { maxRetryAttemptCount: 0, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 0 },
    },
  }
  // The SDK reads `plugins` but leaves it out of its types.
  return Object.assign(options, { plugins: [{ on: 'request', plugin: singleRequests(steering) }] })
}

function steeringOf(config: Config, now: () => Date, describe: Steering['describe']): Steering | undefined {
  if (!hasSeveralRegions(config)) return undefined
  const { endpoint, regions } = config.store
  const patience = Math.min(SILENCE_MS, SHARE * SHARE * attemptTime(config.store))
  return { regions: newRegions(endpoint, regions, now), patience, describe }
}

// Told a little before the attempt ends, who waits for a token learns that nothing was sent.
function credentialOf({ store, inAzure }: Config): NonNullable<CosmosClientOptions['aadCredentials']> {
  return lazyCredential({ clientId: store.clientId, inAzure, patience: SHARE * attemptTime(store) })
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
