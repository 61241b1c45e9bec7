import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { build } from '../../local/build.mjs'
import { type Issuer, startIssuer } from '../../local/identity'
import type { Account } from '../../local/provision'

/** Service, store and authority, each in another process but for the last. */
export interface Measured {
  readonly url: string
  readonly store: Account
  readonly issuer: Issuer
  /** Megabytes of the service after a collection of garbage: resident, and its heap. */
  memory(): Promise<{ readonly resident: number; readonly heap: number }>
  close(): Promise<void>
}

const begin = async (name: string, env: Readonly<Record<string, string>> = {}): Promise<[ChildProcess, unknown]> => {
  const child = fork('local/run.mjs', [`../test/faults/${name}`], {
    execArgv: ['--expose-gc', '--unhandled-rejections=strict'],
    env: { ...process.env, ...env },
  })
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])])
  if (message === undefined) throw new Error(`${name} ended before it was ready`)
  return [child, message]
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10

/** Builds the service and starts it with these settings; `toEndpoint` may lead it to the store by another way. */
export const startMeasured = async (
  settings: Readonly<Record<string, string>> = {},
  toEndpoint: (endpoint: string) => Promise<string> = async (endpoint) => endpoint,
): Promise<Measured> => {
  await build()
  const issuer = await startIssuer()
  const [storeProcess, said] = await begin('store')
  // What it says is what it is asked for.
  const store = said as Account
  const [service, url] = await begin('service', {
    COSMOS_ENDPOINT: await toEndpoint(store.endpoint),
    COSMOS_KEY: store.key,
    AUTH_AUTHORITY: issuer.authority,
    AUTH_AUDIENCE: issuer.audience,
    ...settings,
  })
  return {
    url: String(url),
    store,
    issuer,
    memory: async () => {
      const answer = once(service, 'message')
      service.send('memory')
      const [{ rss, heapUsed }] = (await answer) as [NodeJS.MemoryUsage]
      return { resident: megabytes(rss), heap: megabytes(heapUsed) }
    },
    close: async () => {
      await Promise.all([end(service), end(storeProcess), issuer.close()])
    },
  }
}
