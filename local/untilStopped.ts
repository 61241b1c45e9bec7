import { onParentDeath } from './parentDeath'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Resolves when this process is asked to stop, or when the npm that started it is gone. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    // Not `once`: a terminal and npm may both forward the same Ctrl-C, and the second would kill the process.
    for (const signal of SIGNALS) process.on(signal, () => resolve())
    onParentDeath(resolve)
  })
