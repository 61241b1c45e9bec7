import { randomUUID } from 'node:crypto'
import { CosmosClient } from '@azure/cosmos'
import { mintToken, PARTNER_TENANT } from '../../local/mintToken'
import type { Account } from '../../local/provision'
import { result } from '../api/samples'
import type { Fault } from '../fakes/fault'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { inLanes } from './inLanes'
import { startMeasured } from './measured'

const BULK = 1000
const CONNECTIONS = 2

/** What it took until all were stored. */
export interface Sent {
  /** Entities that the store holds in the end. Each bulk has said that all of its own are there: so none is there twice. */
  readonly stored: number
  /** Bulks that were sent, and requests to the store that failed or were late. */
  readonly bulks: number
  readonly faults: number
  readonly seconds: number
}

const FAULTS: readonly Fault[] = [
  { act: 'dropRequest' },
  { act: 'dropAnswer' },
  { act: 'cutAnswer' },
  { act: 'slowAnswer', ms: 3000 },
  { act: 'slowAnswer', ms: 500 },
  {
    act: 'refuse',
    status: 429,
    headers: { 'x-ms-retry-after-ms': '60', 'x-ms-substatus': '3200' },
    body: '{"code":"429","message":"Request rate is large."}',
  },
]

/** One client stores so many results by bulks, each sent until all of it is stored, while a share of the store's answers fails. */
export const sendAll = async (entities: number, share: number): Promise<Sent> => {
  let proxy: FaultProxy | undefined
  let faults = 0
  const measured = await startMeasured({}, async (endpoint) => {
    proxy = await startProxy(endpoint)
    // Every so many requests, each fault in its turn: as often in every run.
    let requests = 0
    proxy.sometimes = (kind) => {
      requests += 1
      if (kind !== 'batch' || requests % Math.round(1 / share) !== 0) return undefined
      faults += 1
      return FAULTS[faults % FAULTS.length]
    }
    return proxy.endpoint
  })
  const start = performance.now()
  let bulks = 0
  const ids = Array.from({ length: entities / BULK }, () => randomUUID())
  await inLanes(CONNECTIONS, ids, async (id) => {
    let stored = 0
    while (stored < BULK) {
      bulks += 1
      stored = await send(measured.url, id)
    }
  })
  const seconds = (performance.now() - start) / 1000
  const stored = await countIn(measured.store).finally(() => Promise.all([measured.close(), proxy?.close()]))
  return { stored, bulks, faults, seconds }
}

// The embedded database takes its time to look at so many.
const countIn = async ({ endpoint, key }: Account): Promise<number> => {
  const connectionPolicy = { enableEndpointDiscovery: false, requestTimeout: 300_000 }
  const { items } = new CosmosClient({ endpoint, key, connectionPolicy }).database('ledger').container(result.container)
  const { resources } = await items.query<number>('SELECT VALUE COUNT(1) FROM c').fetchAll()
  return resources.reduce((sum, part) => sum + part, 0)
}

// The number of entities that are stored. The documentation tells a client to wait for 30 seconds.
const send = async (url: string, id: string): Promise<number> => {
  const body = { ...result.body, partnerTenantId: PARTNER_TENANT }
  const value = Array.from({ length: BULK }, (_, index) => ({ ...body, executionInfo: `${id} ${index}` }))
  const response = await fetch(url + result.path, {
    method: 'PATCH',
    headers: {
      Authorization: `Bearer ${mintToken()}`,
      'Content-Type': 'application/json',
      Prefer: 'continue-on-error, return=minimal',
      'Repeatability-Request-ID': id,
      'Repeatability-First-Sent': new Date().toUTCString(),
    },
    body: JSON.stringify({ value }),
    signal: AbortSignal.timeout(30_000),
  })
  const answer = (await response.json()) as Record<string, number> // of a failure it has no count
  return answer['@odata.count'] ?? 0
}
