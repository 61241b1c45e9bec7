import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'

/** The storage services that the Functions host expects. */
export const STORAGE_SERVICES = ['blob', 'queue', 'table'] as const

/** A running storage emulator and the address of each of its services. */
export interface Azurite {
  readonly urls: readonly string[]
  readonly pid: number | undefined
  readonly close: () => Promise<void>
}

/** The ports that `UseDevelopmentStorage=true` stands for. */
export const STORAGE_PORTS: readonly number[] = [10000, 10001, 10002]

/** Starts Azurite on loopback, in memory, on the ports of blob, queue and table; 0 is any free one. */
export const startAzurite = async (ports: readonly number[] = STORAGE_PORTS): Promise<Azurite> => {
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js')
  const listen = STORAGE_SERVICES.flatMap((service, index) => [
    `--${service}Host=127.0.0.1`,
    `--${service}Port=${ports[index] ?? 0}`,
  ])
  // The current host uses a newer version of the storage API than Azurite knows, but works with it.
  const options = ['--silent', '--inMemoryPersistence', '--disableTelemetry', '--skipApiVersionCheck']
  // In its own process group: Ctrl-C reaches the whole group of the terminal, and the Functions host would hang for
  // five seconds if its storage ended first.
  const detached = process.platform !== 'win32'
  const child = spawn(process.execPath, [main, ...listen, ...options], { stdio: ['ignore', 'pipe', 'pipe'], detached })
  const urls = await untilListening(child)
  return { urls, pid: child.pid, close: () => end(child, 'SIGKILL') }
}

/** Ends a child process, by force after five seconds. A process without state is killed at once. */
export const end = async (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  const force = setTimeout(() => child.kill('SIGKILL'), 5000)
  await exited
  clearTimeout(force)
}

const untilListening = (child: ChildProcess): Promise<string[]> =>
  new Promise((resolve, reject) => {
    let said = ''
    const hear = (text: Buffer) => {
      said += text
      const urls = [...said.matchAll(/successfully listening at (\S+)/g)].map(([, url = '']) => url)
      if (urls.length === STORAGE_SERVICES.length) resolve(urls)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', reject)
    child.once('exit', () => {
      const taken = /address already in use (\S+)/.exec(said)?.[1]
      reject(
        new Error(taken === undefined ? `Azurite ended: ${said.trim()}` : `Azurite needs ${taken}, which is in use.`),
      )
    })
  })
