import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Issuer, startIssuer } from '../../local/identity'
import { mintToken } from '../../local/mintToken'
import { openDatabase } from '../../local/provision'
import { operation } from '../api/samples'
import { PATIENT } from '../harness'
import { inLanes } from './inLanes'
import { type Processes, type Served, startProcesses } from './processes'

const CREATES = 1000
/** After so many answers the service is killed. */
const KILL_AT = [250, 600]

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

/** One record that a client wants to be there. Half of the clients repeat what was not answered. */
interface Wish {
  readonly marker: string
  readonly repeats: boolean
}

const authorization = `Bearer ${mintToken()}`

const post = async (url: string, { marker, repeats }: Wish): Promise<string | undefined> => {
  const repeatable = { 'Repeatability-Request-ID': marker, 'Repeatability-First-Sent': new Date().toUTCString() }
  try {
    const response = await fetch(url + operation.path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...(repeats && repeatable) },
      body: JSON.stringify({ ...operation.body, requestId: marker }),
    })
    const { id } = (await response.json()) as { id?: string }
    return response.status === 201 ? id : undefined
  } catch {
    return undefined
  }
}

test('kill -9 in the middle of 1,000 creates loses none that was answered, and duplicates none', async () => {
  const store = await processes.store()
  const settings = {
    COSMOS_ENDPOINT: store.endpoint,
    COSMOS_KEY: store.key,
    AUTH_AUTHORITY: issuer.authority,
    AUTH_AUDIENCE: issuer.audience,
    ...PATIENT,
  }
  let served: Promise<Served> = processes.service(settings)
  const answered = new Map<string, string>()
  const pending = [...KILL_AT]
  let kills = 0

  const killAndRestart = async (): Promise<Served> => {
    const { command } = await served
    command.child.kill('SIGKILL')
    kills += 1
    expect(await command.ended).toBe('SIGKILL')
    return processes.service(settings)
  }

  const insist = async (wish: Wish): Promise<void> => {
    for (;;) {
      const id = await post((await served).url, wish)
      if (id !== undefined) answered.set(wish.marker, id)
      if (answered.size >= (pending[0] ?? Number.POSITIVE_INFINITY)) {
        pending.shift()
        served = killAndRestart()
      }
      if (id !== undefined || !wish.repeats) return
      await sleep(20)
    }
  }

  const wishes = Array.from({ length: CREATES }, (_, index) => ({ marker: randomUUID(), repeats: index % 2 === 0 }))
  await inLanes(32, wishes, insist)

  const database = openDatabase(store, 'ledger')
  const query = 'SELECT c.id, c.requestId FROM c'
  const container = database.container(operation.container)
  const { resources } = await container.items.query<{ id: string; requestId: string }>(query).fetchAll()
  const found = new Map<string, object[]>()
  for (const document of resources) found.set(document.requestId, [...(found.get(document.requestId) ?? []), document])

  expect(kills).toBe(KILL_AT.length)
  for (const [marker, id] of answered) expect(found.get(marker)).toEqual([{ id, requestId: marker }])
  for (const { marker, repeats } of wishes) {
    const count = found.get(marker)?.length ?? 0
    if (repeats) expect(count).toBe(1)
    else expect(count).toBeLessThanOrEqual(1)
  }
})
