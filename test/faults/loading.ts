import { randomUUID } from 'node:crypto'
import { Agent, request as open } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { mintToken } from '../../local/mintToken'
import { operation } from '../api/samples'
import { bodyFor } from './bodyFor'

/** What a load came to: answers a second that were a success, answers that refused, milliseconds of the successes. */
export interface Loaded {
  readonly connections: number
  readonly rate: number
  readonly refused: number
  readonly others: number
  readonly p50: number
  readonly p99: number
}

/** A partner, and what it sends again and again. */
interface Partner {
  readonly authorization: string
  readonly body: Buffer
}

/** Partners that create operations; their descriptions have so many bytes. */
export const partners = (count: number, bytes = 0): readonly Partner[] =>
  Array.from({ length: count }, () => {
    const tenant = randomUUID()
    const body = { ...bodyFor(operation, tenant), ...(bytes > 0 && { description: 'x'.repeat(bytes) }) }
    return { authorization: `Bearer ${mintToken({ tenant })}`, body: Buffer.from(JSON.stringify(body)) }
  })

/** Creates one operation; resolves with the status. */
export const create = (url: string, agent: Agent, { authorization, body }: Partner): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const headers = { authorization, 'content-type': 'application/json', 'content-length': body.length }
    const sent = open({ agent, hostname, port, path: operation.path, method: 'POST', headers }, (response) => {
      text(response).then(() => resolve(response.statusCode ?? 0), reject)
    })
    sent.once('error', reject)
    sent.end(body)
  })

const at = (sorted: readonly number[], part: number): number =>
  Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10

/** Creates operations over so many connections for so long; who is refused waits as long as it is told. */
export const load = async (
  url: string,
  { connections, seconds, by }: { connections: number; seconds: number; by: readonly Partner[] },
): Promise<Loaded> => {
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  const counts = { refused: 0, others: 0 }
  const end = performance.now() + seconds * 1000
  const lane = async (partner: Partner): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now()
      const status = await create(url, agent, partner)
      if (status === 201) times.push(performance.now() - start)
      else if (status !== 429) counts.others += 1
      else {
        counts.refused += 1
        // Retry-After says so.
        await sleep(Math.min(2000, Math.max(0, end - performance.now())))
      }
    }
  }
  const lanes = Array.from({ length: connections }, (_, index) => by[index % by.length])
  await Promise.all(lanes.map((partner) => (partner === undefined ? undefined : lane(partner))))
  agent.destroy()
  times.sort((a, b) => a - b)
  return { connections, rate: Math.round(times.length / seconds), ...counts, p50: at(times, 0.5), p99: at(times, 0.99) }
}
