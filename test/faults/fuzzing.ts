import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { TokenOptions } from '../../local/mintToken'
import { newSigningKey } from '../../local/signingKey'
import { statuses } from '../../shared/errors'
import { type FuzzRequest, fuzzRequest } from './arbitraries'
import { inLanes } from './inLanes'

/** A request as it goes out. */
export interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

/** What came back. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** What a run came to. `failures` says of each answer that should not be what was asked and what came. */
export interface Fuzzed {
  readonly requests: number
  readonly statuses: ReadonlyMap<number, number>
  readonly failures: readonly string[]
  /** Ids that were answered 201 and not deleted. */
  readonly kept: ReadonlySet<string>
  /** Milliseconds of the slowest answer. */
  readonly slowest: number
}

/** A second partner, besides the one that tokens name unless they are told otherwise. */
export const OTHER_TENANT = '0b7c2f11-93de-4a6f-8c25-d1e0947ab358'

type Mint = (options?: TokenOptions) => string

/** Authorization headers: the first four are good. */
const tokens = (mint: Mint): (string | undefined)[] => [
  `Bearer ${mint()}`,
  `Bearer ${mint({ tenant: OTHER_TENANT })}`,
  `bearer  ${mint({ app: true })}`,
  `Bearer ${mint({ version: '1.0' })}`,
  undefined,
  'Bearer',
  'Basic dTpw',
  'Bearer a.b.c',
  `Bearer ${mint()}x`,
  `Bearer ${mint({ key: newSigningKey() })}`,
  `Bearer ${mint({ expires: -4000 })}`,
  `Bearer ${mint({ permissions: [] })}`,
  `Bearer ${mint({ permissions: ['ManagedTenants.Read.All'] })}`,
  `Bearer ${mint({ claims: { aud: 'api://other' } })}`,
  `Bearer ${mint({ claims: { tid: 'x' } })}`,
  `Bearer ${mint({ claims: { azp: undefined } })}`,
  `Bearer ${mint({ header: { alg: 'none' } })}`,
  `Bearer ${mint({ header: { kid: 7 } })}`,
]

// Only ends what hangs.
const TOO_LONG_MS = 100_000

const within = async <T>(work: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), TOO_LONG_MS)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

const codeOf = (text: string): unknown => {
  try {
    return JSON.parse(text).error?.code
  } catch {
    return undefined
  }
}

const collectionOf = (path: string): string => path.replace(/^\/[^/]+|\?.*$|[/(][^/]*\{known\}.*$/g, '').toLowerCase()

/** Why this answer should not be; undefined where it may. */
const faultOf = ({ method }: Outgoing, answer: Answered | undefined): string | undefined => {
  if (answer === undefined) return 'no answer'
  const { status, headers, text } = answer
  if (status >= 500) return `status ${status}`
  if (method === 'HEAD') return text === '' ? undefined : 'HEAD with a body'
  if (status === 204 || status === 304) return text === '' ? undefined : `${status} with a body`
  if (status < 400) return text === '' ? `${status} without a body` : undefined
  const code = String(codeOf(text))
  const known = Object.entries(statuses).some(([name, number]) => name === code && number === status)
  if (!known) return `status ${status} with the code ${code}`
  return headers.get('content-type') === 'application/json' ? undefined : 'an envelope of another type'
}

/** Sends so many requests, a number of them at a time. `seed` decides what they are. */
export const fuzz = async (
  send: (request: Outgoing) => Promise<Answered>,
  { requests, seed, mint, now, lanes = 16 }: { requests: number; seed: number; mint: Mint; now: Date; lanes?: number },
): Promise<Fuzzed> => {
  const authorizations = tokens(mint)
  const known = new Map<string, string[]>()
  const kept = new Set<string>()
  const gone = new Set<string>()
  const counts = new Map<number, number>()
  const failures: string[] = []
  let slowest = 0

  const toOutgoing = (request: FuzzRequest): Outgoing => {
    const ids = known.get(collectionOf(request.path)) ?? []
    const id = ids[request.known % (ids.length || 1)] ?? randomUUID()
    const authorization = authorizations[request.token % authorizations.length]
    const body = request.body === undefined ? undefined : Buffer.from(request.body)
    const given = { ...(body !== undefined && { 'content-type': 'application/json' }), ...request.headers }
    const headers = { ...given, ...(authorization !== undefined && { authorization }) }
    const entries = Object.entries(headers).map(([name, value]) => [name, value.replace('{now}', now.toUTCString())])
    const { method, path } = request
    return { method, path: path.replace('{known}', id), headers: Object.fromEntries(entries), body }
  }

  const keepBooks = ({ method, path }: Outgoing, { status, headers }: Answered): void => {
    const created = headers.get('location')?.split('/').at(-1)
    if (method === 'POST' && created !== undefined && status < 300) {
      known.set(collectionOf(path), [...(known.get(collectionOf(path)) ?? []).slice(-99), created])
      if (!gone.has(created)) kept.add(created)
    }
    if (method !== 'DELETE' || status !== 204) return
    // The last GUID of the path, whether it stands in a segment or in parentheses.
    const id =
      path
        .split('?')[0]
        ?.toLowerCase()
        .match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)
        ?.at(-1) ?? ''
    kept.delete(id)
    gone.add(id)
  }

  const one = async (request: FuzzRequest): Promise<void> => {
    const outgoing = toOutgoing(request)
    const start = performance.now()
    const answer = await within(send(outgoing))
    slowest = Math.max(slowest, performance.now() - start)
    const fault = faultOf(outgoing, answer)
    if (fault !== undefined) failures.push(`${fault}: ${JSON.stringify(outgoing)} → ${JSON.stringify(answer)}`)
    if (answer === undefined) return
    counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1)
    keepBooks(outgoing, answer)
  }

  const PORTION = 1000
  for (let sent = 0; sent < requests; sent += PORTION) {
    const numRuns = Math.min(PORTION, requests - sent)
    await inLanes(lanes, fc.sample(fuzzRequest, { numRuns, seed: seed + sent }), one)
  }
  return { requests, statuses: counts, failures, kept, slowest }
}
