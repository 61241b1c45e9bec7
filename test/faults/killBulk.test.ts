import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Issuer, startIssuer } from '../../local/identity'
import { mintToken } from '../../local/mintToken'
import { openDatabase } from '../../local/provision'
import { result } from '../api/samples'
import { type Processes, type Served, startProcesses } from './processes'

let issuer: Issuer
let processes: Processes

beforeAll(async () => {
  issuer = await startIssuer()
  processes = startProcesses()
})
afterAll(async () => {
  processes.stop()
  await issuer.close()
})

const BULKS = 2
const ENTITIES = 600

const headers = {
  authorization: `Bearer ${mintToken()}`,
  'content-type': 'application/json',
  prefer: 'continue-on-error, return=minimal',
}

// The number of entities that are stored; undefined where no answer came.
const send = async (url: string, id: string): Promise<number | undefined> => {
  const value = Array.from({ length: ENTITIES }, (_, index) => ({ ...result.body, executionInfo: `${id} ${index}` }))
  const repeatable = { 'Repeatability-Request-ID': id, 'Repeatability-First-Sent': new Date().toUTCString() }
  try {
    const request = { method: 'PATCH', headers: { ...headers, ...repeatable }, body: JSON.stringify({ value }) }
    const response = await fetch(url + result.path, request)
    const answer = (await response.json()) as Record<string, number>
    return response.status === 200 ? answer['@odata.count'] : undefined
  } catch {
    return undefined
  }
}

test('kill -9 in the middle of bulks that are sent again leaves exactly their entities, once', async () => {
  const store = await processes.store()
  const settings = {
    COSMOS_ENDPOINT: store.endpoint,
    COSMOS_KEY: store.key,
    AUTH_AUTHORITY: issuer.authority,
    AUTH_AUDIENCE: issuer.audience,
  }
  const database = openDatabase(store, 'ledger')
  const container = database.container(result.container)
  const stored = async () =>
    (await container.items.query<number>('SELECT VALUE COUNT(1) FROM c').fetchAll()).resources[0] ?? 0
  let served: Promise<Served> = processes.service(settings)

  const insist = async (id: string): Promise<void> => {
    while ((await send((await served).url, id)) !== ENTITIES) await sleep(20)
  }
  // Killed when a round's bulks have begun to be stored. On a busy machine a kill may come after the last document, so
  // there are rounds until two came before.
  let sent = 0
  let cuts = 0
  while (cuts < 2) {
    const round = Promise.all(Array.from({ length: BULKS }, () => insist(randomUUID())))
    while ((await stored()) < sent + 100) await sleep(5)
    const { command } = await served
    command.child.kill('SIGKILL')
    await command.ended
    sent += BULKS * ENTITIES
    if ((await stored()) < sent) cuts += 1
    served = processes.service(settings)
    await round
  }

  const { resources } = await container.items
    .query<{ info: string }>('SELECT c.executionInfo AS info FROM c')
    .fetchAll()
  expect(resources).toHaveLength(sent)
  expect(new Set(resources.map(({ info }) => info)).size).toBe(sent)
})

test('a client that leaves in the middle of a bulk or a batch harms nobody', async () => {
  const store = await processes.store()
  const { url } = await processes.service({
    COSMOS_ENDPOINT: store.endpoint,
    COSMOS_KEY: store.key,
    AUTH_AUTHORITY: issuer.authority,
    AUTH_AUDIENCE: issuer.audience,
  })
  const value = Array.from({ length: ENTITIES }, () => result.body)
  const post = {
    id: '1',
    method: 'POST',
    url: result.path,
    headers: { 'content-type': 'application/json' },
    body: result.body,
  }
  const calls = [
    ['PATCH', result.path, { value }],
    ['POST', '/beta/$batch', { requests: [post, { ...post, id: '2', dependsOn: ['1'] }] }],
  ] as const
  for (const after of [0, 5, 20, 60]) {
    for (const [method, path, body] of calls) {
      const leaving = AbortSignal.timeout(after)
      const call = fetch(url + path, { method, headers, body: JSON.stringify(body), signal: leaving })
      await call.then((response) => response.text()).catch(() => undefined)
    }
  }
  expect(await send(url, randomUUID())).toBe(ENTITIES)
  expect((await fetch(`${url}/health`)).status).toBe(200)
})
