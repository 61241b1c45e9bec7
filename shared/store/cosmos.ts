import { setImmediate as immediate } from 'node:timers/promises'
import { CosmosClient, type CosmosClientOptions, type PartitionKey } from '@azure/cosmos'
import type { Config } from '../config'
import type { Members } from '../schemas/problems'
import { attemptTime } from './budget'
import { lazyCredential } from './credential'
import { chargeOf, toReply } from './failure'
import type { Attempts, Key, Place, Query, Reply, Rows, Stored } from './reply'

interface Answer {
  readonly resource?: unknown
  readonly etag?: string
  readonly statusCode: number
  readonly substatus?: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
}

// What a plugin of the SDK sees of one.
interface Received {
  readonly code: number
  readonly result: unknown
}

const NO_ANSWER = 'NoAnswerError'
const GONE = 410

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined

// Of what the SDK repeats by itself: a read whose connection broke, up to ten times, a second apart, though the budget
// of a request is ours to spend (with several regions its own policies find the next one); and the query of a partition
// that was split, in a loop that never ends and lets nothing else run, though asking anew finds what it was split into.
const isHidden = (error: unknown, several: boolean): boolean =>
  statusOf(error) === GONE || (!several && statusOf(error) === undefined)

// A success that says nothing is none: the SDK would take a query's for an empty page. Only 204 comes without a body.
const checkAnswer = ({ code, result }: Received): void => {
  if (code !== 204 && (typeof result !== 'object' || result === null)) throw new Error('the answer has no content')
}

const hideFromRetries =
  (several: boolean) => async (context: unknown, _node: unknown, next: (context: unknown) => Promise<Received>) => {
    try {
      const answer = await next(context)
      checkAnswer(answer)
      return answer
    } catch (error) {
      if (!isHidden(error, several)) throw error
      throw Object.assign(new Error('the store did not answer', { cause: error }), { name: NO_ANSWER })
    }
  }

const clientOptions = ({ store, inAzure }: Config): CosmosClientOptions => {
  const several = store.regions.length > 1
  const options = {
    endpoint: store.endpoint,
    ...(store.key === undefined ? { aadCredentials: lazyCredential(store.clientId, inAzure) } : { key: store.key }),
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

const partitionKeyOf = ({ partitionKey }: Place, { tenantId, id }: Key): PartitionKey =>
  partitionKey.length === 1 ? tenantId : [tenantId, id]

const attempt = async <T>(run: () => Promise<Answer>, pick: (answer: Answer) => T): Promise<Reply<T>> => {
  try {
    const answer = await run()
    const { statusCode, substatus, headers } = answer
    // The SDK returns the 404 of a read; every other failure it throws.
    if (statusCode === 404) return toReply({ code: statusCode, substatus, headers })
    return { outcome: 'ok', value: pick(answer), charge: chargeOf(headers) }
  } catch (error) {
    return toReply(error instanceof Error && error.name === NO_ANSWER ? error.cause : error)
  }
}

const toStored = ({ resource }: Answer): Stored => {
  // An answer to a point operation is one JSON object; whoever reads its members parses them.
  const document = resource as Members
  return { document, etag: String(document._etag) }
}

const conditional = (etag: string | undefined) =>
  etag === undefined ? {} : { accessCondition: { type: 'IfMatch', condition: etag } }

const LARGE = 4_000_000

/** The one client of this process. Making it opens no connection. */
export const cosmosAttempts = (config: Config): Attempts => {
  const database = new CosmosClient(clientOptions(config)).database(config.store.database)
  const containerOf = ({ container }: Place) => database.container(container)
  const itemOf = (place: Place, key: Key) => containerOf(place).item(key.id, partitionKeyOf(place, key))

  const queryPage = async (
    place: Place,
    { text, parameters }: Query,
    tenantId: string,
    limit: number,
    abortSignal: AbortSignal,
  ) => {
    const partition = place.partitionKey.length === 1 ? { partitionKey: tenantId } : {}
    // With query control a merge of partitions answers what it has, page by page, instead of gathering all rows first.
    const options = { maxItemCount: limit, abortSignal, enableQueryControl: true, ...partition }
    const iterator = containerOf(place).items.query({ query: text, parameters: [...parameters] }, options)
    const rows: unknown[] = []
    let charge = 0
    let size = 0
    while (rows.length < limit && size < LARGE && iterator.hasMoreResults()) {
      // Between pages the deadline's timer may fire, even where the SDK goes round without asking the store.
      if (size > 0) await immediate()
      abortSignal.throwIfAborted()
      const page = await iterator.fetchNext()
      rows.push(...(page.resources ?? []))
      charge += page.requestCharge
      // The store ends a page at 4 MB; whoever has that much already need not fetch the rest to answer.
      if (rows.length < limit && iterator.hasMoreResults()) size += JSON.stringify(page.resources ?? []).length
    }
    const cut = rows.length < limit && iterator.hasMoreResults()
    return {
      statusCode: 200,
      resource: { rows: rows.slice(0, limit), cut },
      headers: { 'x-ms-request-charge': charge },
    }
  }

  return {
    create: (place, document) => attempt(() => containerOf(place).items.create(document), toStored),
    read: (place, key) => attempt(() => itemOf(place, key).read(), toStored),
    replace: (place, key, { document, etag }) =>
      attempt(() => itemOf(place, key).replace(document, conditional(etag)), toStored),
    remove: (place, key, etag) =>
      attempt(
        () => itemOf(place, key).delete(conditional(etag)),
        () => undefined,
      ),
    query: (place, query, tenantId, limit, abortSignal) =>
      attempt(
        () => queryPage(place, query, tenantId, limit, abortSignal),
        // What queryPage put there.
        ({ resource }) => resource as Rows,
      ),
    warm: async (containers) => {
      await Promise.all(containers.map((name) => database.container(name).read()))
    },
  }
}
