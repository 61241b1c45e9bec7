/**
 * A value that is made when it is first asked for, and kept. Schemas are made like this: building them all takes longer
 * than loading everything else of ours, and importing the app must do nothing but register its functions.
 */
export const lazy = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
