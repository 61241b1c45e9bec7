import { mkdtemp, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { output } from './children'

/** What a load came to: requests a second, milliseconds. */
export interface Load {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

const Result = z.object({
  requests: z.object({ total: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number() }),
  duration: z.number(),
  non2xx: z.number(),
  errors: z.number(),
})

/** A request to repeat. */
export interface Target {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

const autocannon = createRequire(import.meta.url).resolve('autocannon')

// A body of a bulk is longer than an argument may be.
const writeBody = async (body: unknown): Promise<readonly string[]> => {
  if (body === undefined) return []
  const text = JSON.stringify(body)
  if (text.length < 100_000) return ['-H', 'content-type=application/json', '-b', text]
  const file = join(await mkdtemp(join(tmpdir(), 'bench-')), 'body.json')
  await writeFile(file, text)
  return ['-H', 'content-type=application/json', '-i', file]
}

/** Sends a request again and again from a process of its own; throws where one is refused. */
export const load = async (target: Target, seconds: number, connections = 16): Promise<Load> => {
  const { method, url, headers = {}, body } = target
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const data = await writeBody(body)
  const text = await output([
    autocannon,
    '-j',
    '-c',
    String(connections),
    '-d',
    String(seconds),
    '-m',
    method,
    ...given,
    ...data,
    url,
  ])
  const { requests, latency, duration, non2xx, errors } = Result.parse(JSON.parse(text))
  if (non2xx > 0 || errors > 0) throw new Error(`${method} ${url}: ${non2xx} refused, ${errors} failed`)
  return { rate: requests.total / duration, ...latency }
}
