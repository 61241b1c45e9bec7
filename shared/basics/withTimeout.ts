/**
 * The outcome of `work`; where it takes longer than `milliseconds`, what `late` returns or throws instead. The work
 * is not cancelled: `late` may do that.
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
