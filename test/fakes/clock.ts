import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'
import { vi } from 'vitest'

/**
 * Stops the clock that deadlines are measured by: what waits for one waits until the test lets time pass. The pauses
 * between two attempts (`node:timers/promises`) are real. Started again by `vi.useRealTimers`.
 */
export const stopClock = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
}

/** The same, but timers that were set fire when they would: only what is measured stands still. */
export const stopTime = (): void => {
  vi.useFakeTimers({ toFake: ['performance'] })
}

/** Lets so many milliseconds pass. */
export const passTime = (milliseconds: number): void => {
  vi.advanceTimersByTime(milliseconds)
}

// Only ends what hangs: a hundred seconds.
const TURNS = 20_000

/** Waits until this holds. Unlike `expect.poll`, which moves a clock that stands still. */
export const until = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; !holds(); turn += 1) {
    if (turn === TURNS) throw new Error(`it never came to: ${holds}`)
    await sleep(5)
  }
}

const MINUTE = 60_000

/** Lets time pass until this is settled. */
export const afterDeadline = async <T>(work: Promise<T>): Promise<T> => {
  let isSettled = false
  const settle = () => {
    isSettled = true
  }
  work.then(settle, settle)
  while (!isSettled) {
    passTime(MINUTE)
    await immediate()
  }
  return work
}
