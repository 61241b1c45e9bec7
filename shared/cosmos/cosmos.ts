import {
  type Container,
  CosmosClient,
  type CosmosClientOptions,
  type FeedOptions,
  type Item,
  type JSONObject,
  type PartitionKey,
  type RequestOptions,
} from '@azure/cosmos'
import { lazyCredential } from '../account/credential'
import type { JsonObject } from '../basics/isObject'
import { renewable } from '../basics/renewable'
import type { Config } from '../config'
import {
  type Attempts,
  attemptTime,
  type ContainerReference,
  type Key,
  type Outcome,
  type Query,
  type Rows,
  type Stored,
} from './attempts'
import { failEachOperation } from './failEachOperation'
import { type Fetched, fetchGroups, fetchRows, type Pages } from './fetch'
import { chargeOf, toOutcome } from './outcome'
import { runOperations } from './runOperations'
import { NO_ANSWER, type Steering, singleRequests } from './singleRequests'
import { hasSeveralRegions, SHARE, steeringOf } from './steering'
import { toOutcomes } from './toOutcomes'

/** The one client of this process. Making it opens no connection. */
export function cosmosAttempts(config: Config, now: () => Date): Attempts {
  const { database: name } = config.store
  const steering = steeringOf(config, now, () => client.getDatabaseAccount())
  const made = clientOptions(config, steering)
  const client: CosmosClient = new CosmosClient(made)
  const database = client.database(name)
  // A client remembers its first look-up of a container's partitions, also where it failed, or never came to an end:
  // then no bulk of that client would ever succeed. A new one looks again; connections and credential are the same.
  const forOperations = renewable(
    () => new CosmosClient(made),
    (failed) => failed.dispose(),
  )
  const containerOf = ({ container }: ContainerReference): Container => database.container(container)
  const itemOf = (at: ContainerReference, key: Key): Item => containerOf(at).item(key.id, partitionKeyOf(at, key))
  const options = abortable(config)
  const fetching = (
    at: ContainerReference,
    { text, parameters }: Query,
    tenantId: string,
    feedOptions: FeedOptions,
    run: (pages: Pages) => Promise<Fetched>,
  ): Promise<Outcome<Rows>> => {
    const partition = at.partitionKey.length === 1 ? { partitionKey: tenantId } : {}
    const { items } = containerOf(at)
    return attempt(
      () => run(items.query({ query: text, parameters: [...parameters] }, { ...partition, ...feedOptions })),
      // What was fetched, as `run` says.
      ({ resource }) => resource as Rows,
    )
  }
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
    createAll: (at, documents, signal) => {
      const operations = documents.map((document) => ({
        operationType: 'Create' as const,
        // What is stored came as JSON.
        resourceBody: document as JSONObject,
      }))
      return attemptAll(() => runOperations(forOperations, [name, at.container], operations, signal), documents)
    },
    readAll: (at, keys, signal) => {
      const operations = keys.map((key) => ({
        ...{ operationType: 'Read' as const, id: key.id, partitionKey: partitionKeyOf(at, key) },
      }))
      return attemptAll(() => runOperations(forOperations, [name, at.container], operations, signal))
    },
    query: (at, query, tenantId, limit, signal) =>
      // With query control a cross-partition query returns page by page instead of gathering all rows first.
      fetching(at, query, tenantId, { maxItemCount: limit, enableQueryControl: true, abortSignal: signal }, (pages) =>
        fetchRows(pages, limit, signal),
      ),
    groups: (at, query, tenantId, limit, signal) =>
      fetching(at, query, tenantId, { maxItemCount: limit, abortSignal: signal }, (pages) =>
        fetchGroups(pages, limit, signal),
      ),
    warm: async (containers) => {
      await Promise.all(containers.map((name) => database.container(name).read()))
    },
  }
}

// Where a request first waits (for a token or the account's regions), a signal keeps it from being sent after the
// attempt is over. Elsewhere the signal is not worth its cost.
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
      // Off: otherwise a dead endpoint blocks for two minutes, and each call to an emulator makes two more.
      enableEndpointDiscovery: several,
      enableBackgroundEndpointRefreshing: several,
      enablePartitionLevelFailover: false,
      preferredLocations: [...store.regions],
      // So that a silent region is recorded before the next attempt begins.
      requestTimeout: several ? SHARE * attemptTime(store) : attemptTime(store),
      retryOptions: { maxRetryAttemptCount: 0, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 0 },
    },
  }
  // The SDK reads `plugins` but leaves it out of its types.
  return Object.assign(options, {
    plugins: [
      { on: 'request', plugin: singleRequests(steering) },
      { on: 'operation', plugin: failEachOperation },
    ],
  })
}

// The wait for a token ends a little before the attempt does, so that the attempt can report that nothing was sent.
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

async function attemptAll(
  run: () => Promise<readonly unknown[]>,
  sent?: readonly JsonObject[],
): Promise<Outcome<readonly Outcome<Stored>[]>> {
  const respond = async () => ({ resource: await run(), statusCode: 200, headers: {} })
  const outcome = await attempt(respond, ({ resource }) => toOutcomes(resource, sent))
  if (outcome.kind !== 'ok') return outcome
  // Each operation has a charge of its own; the SDK does not hand on that of the request.
  return { ...outcome, charge: outcome.value.reduce((sum, { charge }) => sum + charge, 0) }
}

function toStored({ resource }: Response): Stored {
  // A point operation answers with one JSON object; its members are checked where they are read.
  const document = resource as JsonObject
  return { document, etag: String(document._etag) }
}

function conditional(etag: string | undefined) {
  return etag === undefined ? {} : { accessCondition: { type: 'IfMatch', condition: etag } }
}
