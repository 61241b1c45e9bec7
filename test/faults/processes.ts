import type { Account } from '../../local/provision'
import { type Command, command } from '../e2e/command'

/** Processes of one test file; whatever is left of them is ended by `stop`. */
export interface Processes {
  /** The embedded database in a process of its own. */
  store(): Promise<Account>
  /** `npm start` without npm, which says where it serves. Any promise that nobody looks after ends it. */
  service(settings: Readonly<Record<string, string>>): Promise<Served>
  stop(): void
}

export interface Served {
  readonly command: Command
  readonly url: string
}

export const startProcesses = (): Processes => {
  const started: Command[] = []
  const begin = (name: string, settings: Readonly<Record<string, string>>): Command => {
    const process = command(name, { ...settings, NODE_OPTIONS: '--unhandled-rejections=strict' })
    started.push(process)
    return process
  }
  return {
    store: async () => {
      const process = begin('../test/faults/store', {})
      await process.says('\n')
      // It prints nothing else.
      return JSON.parse(process.out()) as Account
    },
    service: async (settings) => {
      const process = begin('start', { PORT: '0', LOG_LEVEL: 'error', ...settings })
      await process.says('ready http')
      return { command: process, url: /^ready (\S+)/.exec(process.out())?.[1] ?? '' }
    },
    stop: () => {
      for (const { child } of started) {
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      }
    },
  }
}
