import { randomUUID } from 'node:crypto'
import { type Authenticate, buildAuthenticate } from './auth/verify'
import { type Concurrency, limitConcurrency } from './concurrency'
import { type Config, readConfig } from './config'
import type { Attempts } from './cosmos/attempts'
import { cosmosAttempts } from './cosmos/cosmos'

/** Everything that has an effect, in one object. */
export interface Services {
  readonly config: Config
  readonly authenticate: Authenticate
  readonly attempts: Attempts
  readonly concurrency: Concurrency
  readonly now: () => Date
  /** Where the bundle is, and beside it the folders of the pages. */
  readonly packageFolder: string
  /** A new GUID. */
  readonly newId: () => string
  /** Fetches keys and container definitions before they are first needed. */
  readonly warm: (containers: readonly string[]) => Promise<void>
}

/** Builds the services; opens no connection. */
export function buildServices(config: Config, now: () => Date = () => new Date()): Services {
  const { authenticate, warm: warmKeys } = buildAuthenticate(config.auth, now)
  const attempts = cosmosAttempts(config, now)
  return {
    config,
    authenticate,
    attempts,
    concurrency: limitConcurrency(config.maxInFlight),
    now,
    packageFolder: __dirname,
    newId: randomUUID,
    warm: async (containers) => {
      await Promise.all([warmKeys(), attempts.warm(containers)])
    },
  }
}

let current: Services | undefined

/** The services of this process, built on first use. Throws on every call while a setting is wrong. */
export function services(): Services {
  current ??= buildServices(readConfig())
  return current
}
