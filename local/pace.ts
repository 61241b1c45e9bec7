/** How many calls are under way at once, how many wait, and how many milliseconds each waits at most. */
export interface PaceOptions {
  readonly abreast?: number
  readonly waiting?: number
  readonly patience?: number
}

/** Resolves when a call may begin, with what is to be called at its end. */
export type Pace = () => Promise<() => void>

const ABREAST = 32
const WAITING = 512
const PATIENCE_MS = 2000

/**
 * Lets calls begin as the real host does, whose one channel to the worker spreads a burst. Calls beyond `abreast` wait
 * for their turn, so a burst is served and not refused. It stays a moment: where the line is full, or the moment is
 * over, a call begins all the same, and the app itself refuses what is too much. Nothing of a waiting request is read,
 * so the line costs no memory but its connections.
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
