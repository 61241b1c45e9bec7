import { Console } from 'node:console'
import { checkSettings, startBacking } from './backing'
import { build } from './build.mjs'
import type { Certificate } from './certificates'
import { type Host, startHost } from './host'
import type { Texts } from './ownText'

/** The app with its dependencies. */
export interface Served {
  readonly url: string
  readonly settings: Readonly<Record<string, string>>
  /** Builds and loads the app again on the same port; database and issuer keep running. */
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

/** How it is served. */
export interface ServeOptions {
  /** Serves over TLS, as `localhost`. */
  readonly certificate?: Certificate | undefined
  /** Texts that only a local run has, by path. */
  readonly texts?: Texts
}

const DEFAULT_PORT = 7071

/**
 * Builds the app and serves it with the settings of this process, completed as a deployment would. Throws an Error with
 * a one-sentence message.
 */
export const serve = async ({ certificate, texts = {} }: ServeOptions = {}): Promise<Served> => {
  const wanted = parsePort(process.env.PORT)
  checkSettings(process.env)
  await build()
  // Standard output is for the ready line; output of the app is log.
  globalThis.console = new Console(process.stderr, process.stderr)
  const { settings, close } = await startBacking(process.env)
  Object.assign(process.env, settings)
  const all = { ...texts, ...databaseText(settings) }
  const start = (port: number): Promise<Host> => startOn({ port, certificate, texts: all })
  let host = await start(wanted)
  const port = Number(new URL(host.url).port)
  return {
    url: host.url,
    settings,
    restart: async () => {
      await build()
      await host.close()
      host = await start(port)
    },
    close: async () => {
      await host.close()
      await close()
    },
  }
}

// Where the embedded database is, for `npm run sample`, which is a process of its own. An account that is given stays
// unsaid.
const databaseText = ({ COSMOS_ENDPOINT, COSMOS_KEY, COSMOS_DATABASE }: Served['settings']): Texts => {
  if (COSMOS_ENDPOINT === undefined) return {}
  const database = { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, name: COSMOS_DATABASE }
  return { '/.local/database': () => JSON.stringify(database) }
}

const parsePort = (text: string | undefined): number => {
  const given = text?.trim() || String(DEFAULT_PORT)
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN
  if (!(port <= 65535)) throw new Error('PORT must be a whole number from 0 to 65535.')
  return port
}

const startOn = async ({ port, ...rest }: ServeOptions & { readonly port: number }): Promise<Host> => {
  try {
    return await startHost({ port, ...rest })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new Error(
        `Port ${port} is in use: stop what listens there, or set PORT to another (0 for any that is free).`,
      )
    }
    if (code === 'EACCES') throw new Error(`Port ${port} may not be used by this account: set PORT to one above 1023.`)
    throw error
  }
}
