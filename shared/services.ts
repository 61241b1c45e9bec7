import { randomUUID } from 'node:crypto'
import { type Authenticate, buildAuthenticate } from './auth/verify'
import { type Config, readConfig } from './config'
import { countLoad, type Load } from './load'
import { cosmosAttempts } from './store/cosmos'
import type { Attempts } from './store/reply'

/** Everything that has an effect, in one object. */
export interface Services {
  readonly config: Config
  readonly authenticate: Authenticate
  readonly attempts: Attempts
  readonly load: Load
  readonly now: () => Date
  /** A new GUID. */
  readonly newId: () => string
  /** Fetches keys and container definitions before they are first needed. */
  readonly warm: (containers: readonly string[]) => Promise<void>
}

/** Builds the services; opens no connection. */
export const buildServices = (config: Config, now: () => Date = () => new Date()): Services => {
  const { authenticate, warm: warmKeys } = buildAuthenticate(config.auth, now)
  const attempts = cosmosAttempts(config)
  return {
    config,
    authenticate,
    attempts,
    load: countLoad(config.maxInFlight),
    now,
    newId: randomUUID,
    warm: async (containers) => {
      await Promise.all([warmKeys(), attempts.warm(containers)])
    },
  }
}

let current: Services | undefined

/** The services of this process, built on first use. Throws where a setting is wrong, each time anew. */
export const services = (): Services => {
  current ??= buildServices(readConfig())
  return current
}
