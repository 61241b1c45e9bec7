import { vi } from 'vitest'
import { passTime, stopClock, until } from '../fakes/clock'
import type { FaultProxy } from '../fakes/proxy'

// Two fifths of a minute, which is how long the store may take in all.
const ATTEMPT_MS = 24_000

/** Runs what meets a silence each, and lets the time of an attempt pass when all of them have met it. */
export const throughSilence = async (
  proxies: ReadonlySet<FaultProxy>,
  count: number,
  run: () => Promise<unknown>,
): Promise<void> => {
  stopClock()
  try {
    let isDone = false
    const done = run().finally(() => {
      isDone = true
    })
    const silences = () => [...proxies].reduce((sum, proxy) => sum + proxy.silences, 0)
    await until(() => silences() === count || isDone)
    passTime(ATTEMPT_MS)
    await done
  } finally {
    vi.useRealTimers()
  }
}
