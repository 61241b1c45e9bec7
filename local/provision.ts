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

/** Opens a database for looking into what was stored. */
export const openDatabase = ({ endpoint, key }: Account, database: string): Database =>
  client({ endpoint, key }).database(database)

/** Creates what is missing of the database and its containers, as `infra/containers.json` describes them. */
export const provision = async (account: Account, name: string): Promise<void> => {
  const { database } = await client(account).databases.createIfNotExists({ id: name })
  await Promise.all(containers().map((container) => database.containers.createIfNotExists(toRequest(container))))
}

/** Asks the account whether it is there; rejects with the SDK's error when it is not. */
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
