import { randomUUID } from 'node:crypto'
import { CosmosClient } from '@azure/cosmos'
import type { HttpRequest } from '@azure/functions'
import { DATABASE } from '../../local/database'
import { startIssuer } from '../../local/identity'
import { mintToken, PARTNER_TENANT } from '../../local/mintToken'
import { parseConfig } from '../../shared/config'
import { endpoints } from '../../shared/http/register'
import { buildServices } from '../../shared/services'
import { operation, result } from '../api/samples'
import { startChild } from './children'
import { median } from './statistics'
import '../../functions/managedTenantOperationResults'
import '../../functions/managedTenantOperations'

// What a summary and a count by groups cost the service's process, beside their store: the embedded database in a
// process of its own, which scans all it has for each query, where a real account goes by its index.

const ROUNDS = 5
const SIZES = [100, 1000, 5000]

const database = await startChild<{ endpoint: string; key: string }>('database', [])
const issuer = await startIssuer()
const { endpoint, key } = database.ready
const services = buildServices(
  parseConfig({
    ...{ COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, STORE_DEADLINE_MS: '20000', LOG_LEVEL: 'none' },
    ...{ AUTH_AUTHORITY: issuer.authority, AUTH_AUDIENCE: issuer.audience },
  }),
)
const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } })
const itemsOf = (container: string) => client.database(DATABASE).container(container).items

const dates = (number: number) => {
  const date = new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString().replace('Z', '0000Z')
  return { createdDateTime: date, lastModifiedDateTime: date }
}

// A result in four has failed, with an exception of 300 characters; each tenant has two results.
const toResult = (id: string, number: number, size: number) => ({
  ...result.body,
  ...dates(number),
  ...{ id: randomUUID(), partnerTenantId: PARTNER_TENANT, managedTenantOperationId: id, result: ['x'.repeat(200)] },
  targetTenantId: `00000000-0000-4000-a000-${String(number % (size / 2)).padStart(12, '0')}`,
  isSuccess: number % 4 > 0,
  exception: number % 4 > 0 ? null : 'x'.repeat(300),
})

const seed = async (size: number): Promise<string> => {
  const id = randomUUID()
  const body = { ...operation.body, ...dates(0), id, partnerTenantId: PARTNER_TENANT }
  await itemsOf(operation.container).create(body)
  for (let from = 0; from < size; from += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => itemsOf(result.container).create(toResult(id, from + at, size))),
    )
  return id
}

interface Cost {
  readonly bytes: number
  readonly elapsed: number
  readonly own: number
}

const ask = async (name: string, path: string, id: string): Promise<Cost> => {
  const found = endpoints.find((one) => one.name === name)
  const url = `http://127.0.0.1:7071${path}`
  const headers = new Headers({ authorization: `Bearer ${mintToken()}` })
  // All that is used of a request without a body.
  const request = { method: 'GET', url, headers, params: { version: 'beta', id } } as unknown as HttpRequest
  const quiet = { functionName: name, info: () => undefined, error: console.error }
  const [start, before] = [performance.now(), process.cpuUsage()]
  const response = await found?.handler(request, quiet, () => services)
  const [elapsed, { user, system }] = [performance.now() - start, process.cpuUsage(before)]
  if (response?.status !== 200) throw new Error(`${path} answered ${response?.status}`)
  return { bytes: String(response.body).length, elapsed, own: (user + system) / 1000 }
}

const measure = async (what: string, size: number, name: string, path: string, id: string): Promise<void> => {
  const costs: Cost[] = []
  for (let round = 0; round <= ROUNDS; round += 1) costs.push(await ask(name, path, id))
  // The first pays for what is made once.
  const of = (pick: (cost: Cost) => number) => Math.round(median(costs.slice(1).map(pick)))
  console.log(
    `| ${what} | ${size} | ${of(({ own }) => own)} | ${of(({ elapsed }) => elapsed)} | ${of(({ bytes }) => bytes / 1000)} |`,
  )
}

console.log('| | results | processor time, ms | until the answer, ms | answer, kB |\n| --- | --- | --- | --- | --- |')
for (const size of SIZES) {
  const id = await seed(size)
  const path = `/beta/managedTenantOperations/${id}`
  await measure('summary()', size, 'managedTenantOperationsSummary', `${path}/summary`, id)
  const apply = encodeURIComponent('filter(isSuccess eq false)/groupby((targetTenantId),aggregate($count as n))')
  await measure('$apply', size, 'managedTenantOperationsListResults', `${path}/results?$apply=${apply}`, id)
}
await Promise.all([database.stop(), issuer.close()])
process.exit(0)
