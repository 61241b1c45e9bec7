import { readFileSync } from 'node:fs'
import { type ContainerRequest, CosmosClient, type Database, PartitionKeyKind } from '@azure/cosmos'
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

/** Checks that the account answers; rejects with the SDK's error otherwise. */
export const reach = async (account: Account): Promise<void> => {
  await client(account).getDatabaseAccount()
}

const client = ({ endpoint, key }: Account): CosmosClient =>
  new CosmosClient({
    endpoint,
    key,
    connectionPolicy: {
      enableEndpointDiscovery: false,
      enableBackgroundEndpointRefreshing: false,
      requestTimeout: 5000,
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
