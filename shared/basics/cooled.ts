/**
 * Runs once in `milliseconds`; meanwhile everybody gets what it came to, a failure too: who fails is spared like any other.
 */
export function cooled<T>(milliseconds: number, now: () => Date, run: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly result: Promise<T> } | undefined
  return () => {
    const at = now().getTime()
    if (last === undefined || at - last.at >= milliseconds) last = { at, result: run() }
    return last.result
  }
}
