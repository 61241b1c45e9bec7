/**
 * Calls `run` at most once in `milliseconds`; calls in between get the same outcome. That includes a failure, so that a
 * failing dependency is not called more often than a healthy one.
 */
export function cooled<T>(milliseconds: number, now: () => Date, run: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly result: Promise<T> } | undefined
  return () => {
    const at = now().getTime()
    if (last === undefined || at - last.at >= milliseconds) last = { at, result: run() }
    return last.result
  }
}
