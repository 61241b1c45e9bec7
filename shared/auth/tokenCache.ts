import type { Caller } from './caller'

/** A verified token. */
export interface Verified {
  readonly caller: Caller
  /** Seconds since 1970. */
  readonly expires: number
}

const MAX_AGE_MS = 300_000

/** The number of tokens cached; the oldest is dropped for the next. */
export const MAX_TOKENS = 10_000

/** Caches verified tokens by their digest, until they expire but for at most five minutes. */
export function newTokenCache() {
  const entries = new Map<string, { readonly caller: Caller; readonly until: number }>()
  return {
    get(digest: string, now: Date): Caller | undefined {
      const known = entries.get(digest)
      return known !== undefined && now.getTime() < known.until ? known.caller : undefined
    },
    set(digest: string, { caller, expires }: Verified, now: Date): void {
      const [oldest] = entries.size >= MAX_TOKENS ? entries.keys() : []
      if (oldest !== undefined) entries.delete(oldest)
      entries.set(digest, { caller, until: Math.min(expires * 1000, now.getTime() + MAX_AGE_MS) })
    },
    get size(): number {
      return entries.size
    },
  }
}
