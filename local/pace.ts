/** Limits: concurrent calls, waiting calls, and the milliseconds that a call may wait. */
export interface PaceOptions {
  readonly abreast?: number
  readonly waiting?: number
  readonly patience?: number
}

/** Resolves when a call may begin, with a function to call at its end. */
export type Pace = () => Promise<() => void>

const ABREAST = 32
const WAITING = 512
const PATIENCE_MS = 2000

/**
 * Spreads a burst like the real host, which has a single channel to the worker. Calls beyond `abreast` wait for their
 * turn, so that a burst is served instead of refused. Where the queue is full, or a call has waited long enough, it
 * begins anyway, and the app itself refuses what is too much. The body of a waiting request is not read, so the queue
 * costs no memory but its connections.
 */
export const newPace = ({ abreast = ABREAST, waiting = WAITING, patience = PATIENCE_MS }: PaceOptions = {}): Pace => {
  const line = new Set<() => void>()
  let under = 0

  const leave = (): void => {
    under -= 1
    const [next] = line
    if (next !== undefined && under < abreast) next()
  }

  const begin = (): (() => void) => {
    under += 1
    let left = false
    return () => {
      if (!left) leave()
      left = true
    }
  }

  return () => {
    if (under < abreast || line.size >= waiting) return Promise.resolve(begin())
    return new Promise((resolve) => {
      const turn = (): void => {
        clearTimeout(timer)
        line.delete(turn)
        resolve(begin())
      }
      const timer = setTimeout(turn, patience)
      line.add(turn)
    })
  }
}
