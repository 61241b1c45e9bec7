import { useCallback, useEffect, useState } from 'preact/hooks'
import { asFailure, type Failure } from './failure'

/** What became of a question to the API. */
export type Answer<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly failure: Failure; readonly again: () => void }

/**
 * Asks the API, and again whenever `key` changes; a question that nobody waits for any more is aborted. `key`: all that
 * the question depends on.
 */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [attempt, setAttempt] = useState(0)
  const [settled, setSettled] = useState<{ readonly of: string; readonly answer: Answer<T> }>()
  const again = useCallback(() => setAttempt((count) => count + 1), [])
  const of = `${attempt} ${key}`
  useEffect(() => {
    const controller = new AbortController()
    const settle = (answer: Answer<T>): void => {
      if (!controller.signal.aborted) setSettled({ of, answer })
    }
    ask(controller.signal).then(
      (value) => settle({ state: 'ready', value }),
      (error) => settle({ state: 'failed', failure: asFailure(error), again }),
    )
    return () => controller.abort()
  }, [of])
  // An answer to an earlier question is not shown under this one.
  return settled?.of === of ? settled.answer : { state: 'loading' }
}
