import { setTimeout as sleep } from 'node:timers/promises'
import { parseConfig } from '../shared/config'
import { DATABASE, startDatabase } from './database'
import { AUDIENCE, startIssuer } from './identity'
import { provision, reach } from './provision'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What the app depends on: a database, an authority, and the settings for both. */
export interface Backing {
  readonly settings: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** Ports for what is started, and how long to wait for a database that is given. */
export interface BackingOptions {
  /** Port of the embedded database; 0 is any free one. */
  readonly database?: number
  /** Port of the local issuer; 0 is any free one. */
  readonly issuer?: number
  /** Milliseconds that a database may take to start or to answer. */
  readonly patience?: number
}

const PATIENCE_MS = 5000
const INTERVAL_MS = 200

/**
 * Starts what the environment does not provide: without `COSMOS_ENDPOINT` the embedded database, without
 * `AUTH_AUTHORITY` the local issuer. Throws an Error with a one-sentence message for an invalid setting or an unusable
 * database.
 */
export const startBacking = async (environment: Environment, options: BackingOptions = {}): Promise<Backing> => {
  const given = (name: string) => environment[name]?.trim() || undefined
  checkSettings(environment)
  const name = given('COSMOS_DATABASE') ?? DATABASE
  const endpoint = given('COSMOS_ENDPOINT')
  const local = endpoint === undefined ? await startDatabase({ port: options.database ?? 0, name }) : undefined
  if (endpoint !== undefined) {
    await awaitDatabase(endpoint, options.patience ?? PATIENCE_MS)
    await useDatabase(endpoint, given('COSMOS_KEY'), name)
  }
  const issuer = given('AUTH_AUTHORITY') === undefined ? await startIssuer({ port: options.issuer ?? 0 }) : undefined
  const audience = [given('AUTH_AUDIENCE'), issuer?.audience].filter((item) => item !== undefined).join(',')
  return {
    settings: {
      COSMOS_DATABASE: name,
      AUTH_AUDIENCE: audience,
      ...(local !== undefined && { COSMOS_ENDPOINT: local.endpoint, COSMOS_KEY: local.key }),
      ...(issuer !== undefined && { AUTH_AUTHORITY: issuer.authority }),
    },
    close: async () => {
      await Promise.all([local?.close(), issuer?.close()])
    },
  }
}

/**
 * Throws an Error with a one-sentence message for settings that the app would refuse. Missing ones are filled in later.
 */
export const checkSettings = (environment: Environment): void => {
  const { AUTH_AUTHORITY, AUTH_AUDIENCE, COSMOS_ENDPOINT } = environment
  parseConfig({
    ...environment,
    COSMOS_ENDPOINT: COSMOS_ENDPOINT?.trim() || 'http://127.0.0.1',
    AUTH_AUDIENCE: AUTH_AUDIENCE?.trim() || AUTH_AUTHORITY?.trim() ? AUTH_AUDIENCE : AUDIENCE,
  })
}

const isComingUp = (reason: string): boolean => reason === 'ECONNREFUSED' || reason === 'ECONNRESET'

// An emulator started by the same command needs time to come up.
const awaitDatabase = async (endpoint: string, patience: number): Promise<void> => {
  const end = performance.now() + patience
  for (;;) {
    try {
      // Any answer means that it is running.
      await fetch(endpoint, { signal: AbortSignal.timeout(Math.max(INTERVAL_MS, Math.ceil(end - performance.now()))) })
      return
    } catch (error) {
      const reason = reasonOf(error)
      if (!isComingUp(reason) || performance.now() + INTERVAL_MS > end) {
        throw new Error(`The database at COSMOS_ENDPOINT (${endpoint}) cannot be reached: ${reason}.`)
      }
      await sleep(INTERVAL_MS)
    }
  }
}

const useDatabase = async (endpoint: string, key: string | undefined, name: string): Promise<void> => {
  if (key === undefined) return
  try {
    await reach({ endpoint, key })
    await provision({ endpoint, key }, name)
  } catch (error) {
    throw new Error(`The database at COSMOS_ENDPOINT (${endpoint}) cannot be used: ${reasonOf(error)}.`)
  }
}

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  if (cause.name === 'TimeoutError') return 'it does not answer'
  const code = 'code' in cause ? cause.code : undefined
  if (code === 401 || code === 403) return 'it refuses COSMOS_KEY'
  if (typeof code === 'number') return `it answers ${code}`
  return typeof code === 'string' ? code : (cause.message.split('\n')[0] ?? cause.name).replace(/\.$/, '')
}
