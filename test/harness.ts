import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CosmosClient, type Database } from '@azure/cosmos'
import type { HttpRequest as HttpRequestType } from '@azure/functions'
import { startDatabase } from '../local/database'
import { AUDIENCE, startIssuer } from '../local/identity'
import { mintToken, type TokenOptions } from '../local/mintToken'
import { signingKey } from '../local/signingKey'
import { type Config, parseConfig } from '../shared/config'
import { buildServices, type Services } from '../shared/services'
import { find } from './platform'

// Only `app` and its kin can be imported by name from this CommonJS package.
const { HttpRequest } = createRequire(import.meta.url)('@azure/functions') as typeof import('@azure/functions')

/** The instant at which the clock of a test stands. */
export const NOW = new Date('2026-11-23T10:55:47.123Z')

export const TENANT = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
export const OTHER_TENANT = '0b7c2f11-93de-4a6f-8c25-d1e0947ab358'

/** Deadlines of a process that a test starts: as long as settings may be, since no test is to hang on a busy machine. */
export const PATIENT = { STORE_DEADLINE_MS: '20000', AUTH_DEADLINE_MS: '10000' } as const

/** Deadlines of the services in this process, in milliseconds, where a test does not set its own. */
export const PATIENCE_MS = 60_000

type Settings = Readonly<Record<string, string | undefined>>

// A minute is more than a setting may be: what a deadline does is tested with a clock that stands still.
const toConfig = (settings: Settings): Config => {
  const config = parseConfig(settings)
  const patient = (name: string) => (settings[name] === undefined ? { deadline: PATIENCE_MS } : {})
  return {
    ...config,
    store: { ...config.store, ...patient('STORE_DEADLINE_MS') },
    auth: { ...config.auth, ...patient('AUTH_DEADLINE_MS') },
  }
}

export interface Call {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** An object is sent as JSON, a text or bytes as they are. */
  readonly body?: unknown
  /** Claims of the token; null for no Authorization header. */
  readonly token?: TokenOptions | null
  readonly services?: Services
}

export interface Reply {
  readonly function: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Record<string, unknown>
  readonly log: Record<string, unknown>
  readonly logged: readonly string[]
}

const toBytes = (body: unknown): Buffer | undefined => {
  if (body === undefined) return undefined
  if (body instanceof Uint8Array) return Buffer.from(body)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

const toRequest = (
  method: string,
  call: Call,
  params: Record<string, string>,
  authorization: string | undefined,
): HttpRequestType => {
  const bytes = toBytes(call.body)
  const standard = {
    ...(bytes === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
  }
  const headers = { ...standard, ...(authorization === undefined ? {} : { authorization }), ...call.headers }
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new HttpRequest({
    method,
    url: `http://ledger.test${call.path}`,
    headers: Object.fromEntries(given),
    params,
    ...(bytes === undefined ? {} : { body: { bytes } }),
  })
}

const parse = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

export interface Ledger {
  readonly services: Services
  readonly database: Database
  readonly settings: Readonly<Record<string, string>>
  /** Services like the ledger's own, with other settings or another clock. */
  with(settings: Readonly<Record<string, string | undefined>>, now?: () => Date): Services
  token(options?: TokenOptions): string
  call(call: Call): Promise<Reply>
  /** The document as the store has it. */
  stored(container: string, id: string, tenant?: string): Promise<Record<string, unknown> | undefined>
  count(container: string): Promise<number>
  close(): Promise<void>
}

/** The service in this process: embedded database, local issuer, a clock that stands still. */
export const startLedger = async (overrides: Readonly<Record<string, string>> = {}): Promise<Ledger> => {
  const directory = await mkdtemp(join(tmpdir(), 'ledger-'))
  const [account, issuer] = await Promise.all([startDatabase(), startIssuer({ directory })])
  const key = signingKey(directory)
  const settings = {
    COSMOS_ENDPOINT: account.endpoint,
    COSMOS_KEY: account.key,
    AUTH_AUTHORITY: issuer.authority,
    AUTH_AUDIENCE: AUDIENCE,
    ...overrides,
  }
  // The pages are where `npm run build` puts them.
  const services = { ...buildServices(toConfig(settings), () => NOW), packageFolder: 'dist' }
  const client = new CosmosClient({
    endpoint: account.endpoint,
    key: account.key,
    connectionPolicy: { enableEndpointDiscovery: false },
  })
  const database = client.database('ledger')
  const token = (options: TokenOptions = {}) => mintToken({ now: NOW, key, ...options })

  const call = async (call: Call): Promise<Reply> => {
    const method = call.method ?? (call.body === undefined ? 'GET' : 'POST')
    const { endpoint, params } = find(method, new URL(`http://x${call.path}`).pathname)
    const authorization = call.token === null ? undefined : `Bearer ${token(call.token)}`
    const logged: string[] = []
    const invocation = {
      functionName: endpoint.name,
      info: (line: string) => logged.push(line),
      error: (line: string) => logged.push(line),
    }
    const response = await endpoint.handler(
      toRequest(method, call, params, authorization),
      invocation,
      () => call.services ?? services,
    )
    const text = response.body === undefined ? '' : Buffer.from(response.body as Uint8Array).toString()
    return {
      function: endpoint.name,
      status: response.status ?? 200,
      headers: new Headers(response.headers as Record<string, string>),
      text,
      json: parse(text),
      log: parse(logged.at(-1) ?? ''),
      logged,
    }
  }

  return {
    services,
    database,
    settings,
    with: (more, now = () => NOW) => buildServices(toConfig({ ...settings, ...more }), now),
    token,
    call,
    stored: async (container, id, tenant = TENANT) => {
      const query = {
        query: 'SELECT * FROM c WHERE c.id = @id AND c.partnerTenantId = @tenant',
        parameters: [
          { name: '@id', value: id },
          { name: '@tenant', value: tenant },
        ],
      }
      const { resources } = await database.container(container).items.query<Record<string, unknown>>(query).fetchAll()
      return resources[0]
    },
    count: async (container) => {
      const { resources } = await database
        .container(container)
        .items.query<number>('SELECT VALUE COUNT(1) FROM c')
        .fetchAll()
      return resources[0] ?? 0
    },
    close: async () => {
      client.dispose()
      await Promise.all([account.close(), issuer.close(), rm(directory, { recursive: true, force: true })])
    },
  }
}
