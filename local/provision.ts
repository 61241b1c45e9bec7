import { readFileSync } from 'node:fs'
import { type ContainerRequest, CosmosClient, type Database, type JSONObject, PartitionKeyKind } from '@azure/cosmos'
import * as z from 'zod'

const IndexOrder = z.enum(['ascending', 'descending'])

const Container = z.strictObject({
  name: z.string(),
  partitionKey: z.array(z.string()).min(1),
  includedPaths: z.array(z.string()),
  excludedPaths: z.array(z.string()),
  compositeIndexes: z.array(z.array(z.strictObject({ path: z.string(), order: IndexOrder }))),
  defaultTtl: z.number().nullable(),
})
type Container = z.infer<typeof Container>

/** An account that has a key: the embedded database, or an emulator. */
export interface Account {
  readonly endpoint: string
  readonly key: string
}

/** Opens a database to inspect what was stored. */
export const openDatabase = ({ endpoint, key }: Account, database: string): Database =>
  client({ endpoint, key }).database(database)

/** Creates the database and its containers where they are missing, as `infra/containers.json` describes them. */
export const provision = async (account: Account, name: string): Promise<void> => {
  const { database } = await client(account).databases.createIfNotExists({ id: name })
  await Promise.all(containers().map((container) => database.containers.createIfNotExists(toRequest(container))))
}

/** Finds the one document with this id, whichever container holds it; rejects when there is not exactly one. */
export const findDocument = async (account: Account, name: string, id: string) => {
  const database = openDatabase(account, name)
  const query = { query: 'SELECT * FROM c WHERE c.id = @id', parameters: [{ name: '@id', value: id }] }
  const search = async (container: string) => {
    const { resources } = await database.container(container).items.query<object>(query).fetchAll()
    return resources.map((document) => ({ container, document }))
  }
  const found = (await Promise.all(containers().map(({ name: container }) => search(container)))).flat()
  const [only] = found
  if (only === undefined || found.length > 1) throw new Error(`${found.length} documents have the id ${id}`)
  return only
}

// learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch: at most 100 operations in a request.
const MAX_OPERATIONS = 100

// The embedded database takes its time to read out a whole container.
const LONG_MS = 60_000

/** Replaces documents of a container by what `change` makes of them; those of which it makes nothing stay. */
export const changeDocuments = async (
  account: Account,
  [database, container]: readonly [database: string, container: string],
  change: (document: JSONObject) => JSONObject | undefined,
): Promise<void> => {
  const { items } = client(account, LONG_MS).database(database).container(container)
  const { resources } = await items.query<JSONObject>('SELECT * FROM c', { maxItemCount: -1 }).fetchAll()
  const changed = resources.map(change).filter((document) => document !== undefined)
  for (let from = 0; from < changed.length; from += MAX_OPERATIONS) {
    const part = changed.slice(from, from + MAX_OPERATIONS)
    const results = await items.bulk(part.map((resourceBody) => ({ operationType: 'Upsert', resourceBody })))
    const failed = results.find(({ statusCode }) => statusCode >= 300)
    if (failed !== undefined) throw new Error(`The database answered ${failed.statusCode} to a change in ${container}.`)
  }
}

/** Checks that the account answers; rejects with the SDK's error otherwise. */
export const reach = async (account: Account): Promise<void> => {
  await client(account).getDatabaseAccount()
}

const client = ({ endpoint, key }: Account, requestTimeout = 5000): CosmosClient =>
  new CosmosClient({
    endpoint,
    key,
    connectionPolicy: {
      enableEndpointDiscovery: false,
      enableBackgroundEndpointRefreshing: false,
      requestTimeout,
    },
  })

const containers = (): Container[] =>
  z.array(Container).parse(JSON.parse(readFileSync('infra/containers.json', 'utf8')))

const toRequest = (container: Container): ContainerRequest => {
  const { name, partitionKey, includedPaths, excludedPaths, compositeIndexes, defaultTtl } = container
  const kind = partitionKey.length > 1 ? PartitionKeyKind.MultiHash : PartitionKeyKind.Hash
  return {
    id: name,
    partitionKey: { paths: partitionKey, kind, version: 2 },
    indexingPolicy: {
      automatic: true,
      indexingMode: 'consistent',
      includedPaths: includedPaths.map((path) => ({ path })),
      excludedPaths: excludedPaths.map((path) => ({ path })),
      compositeIndexes,
    },
    ...(defaultTtl !== null && { defaultTtl }),
  }
}
