/**
 * What `work` comes to; after `milliseconds` without it, what `late` returns or throws. The work itself is not ended:
 * `late` may do that.
 */
export function withTimeout<T, L>(work: Promise<T>, milliseconds: number, late: () => L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late())
      } catch (error) {
        reject(error)
      }
    }, milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
