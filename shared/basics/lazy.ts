/**
 * A value that is made when it is first asked for, and then kept. Zod schemas are made like this: building them all takes
 * longer than loading the rest of the app, and importing the app must do nothing but register its functions.
 */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
