import { Failure } from './failure'

const ATTEMPTS = 5
const LONGEST_SECONDS = 60

/** Asks again, as often as five times, when the API says that it is busy, and after as long as it says. */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      const seconds = error instanceof Failure ? error.retryAfter : undefined
      if (seconds === undefined || seconds > LONGEST_SECONDS || attempt === ATTEMPTS) throw error
      await pause(seconds * 1000, signal)
    }
  }
}

function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, time)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
