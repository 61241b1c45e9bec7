/** What is made when it is first asked for, and anew when whoever has it gives it up. */
export interface Renewable<T> {
  current(): T
  /** Gives it up, if it is still the current one. */
  renew(given: T): void
}

/** A renewable thing, made by `make`; `dispose` ends what was given up. */
export function renewable<T>(make: () => T, dispose: (given: T) => void): Renewable<T> {
  let made: { readonly value: T } | undefined
  return {
    current: () => {
      made ??= { value: make() }
      return made.value
    },
    renew: (given) => {
      if (made?.value !== given) return
      made = undefined
      dispose(given)
    },
  }
}
