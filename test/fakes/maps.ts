/** Runs this and gives back what it made, with every Map that was made meanwhile: what it may come to remember. */
export const watchMaps = <T>(make: () => T): { readonly made: T; readonly maps: readonly Map<unknown, unknown>[] } => {
  const maps: Map<unknown, unknown>[] = []
  const Plain = globalThis.Map
  class Watched<K, V> extends Plain<K, V> {
    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super(entries)
      maps.push(this)
    }
  }
  globalThis.Map = Watched as MapConstructor // It can all that a Map can.
  try {
    return { made: make(), maps }
  } finally {
    globalThis.Map = Plain
  }
}
