import { createRequire } from 'node:module'
import * as z from 'zod'
import { output } from './children'

/** What a load came to: requests a second, milliseconds. */
export interface Load {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

const Result = z.object({
  requests: z.object({ average: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number() }),
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

/** Sends a request again and again over 16 connections from a process of its own; throws where one is refused. */
export const load = async ({ method, url, headers = {}, body }: Target, seconds: number): Promise<Load> => {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const data = body === undefined ? [] : ['-H', 'content-type=application/json', '-b', JSON.stringify(body)]
  const text = await output([autocannon, '-j', '-c', '16', '-d', String(seconds), '-m', method, ...given, ...data, url])
  const { requests, latency, non2xx, errors } = Result.parse(JSON.parse(text))
  if (non2xx > 0 || errors > 0) throw new Error(`${method} ${url}: ${non2xx} refused, ${errors} failed`)
  return { rate: requests.average, ...latency }
}
