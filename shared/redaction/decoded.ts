import type { Span } from './spans'

/** A string with its escapes resolved, to search for secrets, and a mapping back to the original. */
export interface Decoded {
  readonly text: string
  /** Maps spans of `text` to the original. */
  readonly toRaw: (spans: readonly Span[]) => Span[]
}

/**
 * Resolves escapes of ASCII characters, one level of them. One by one, so that a malformed one does not hide the
 * others.
 */
export function decodePercent(raw: string): Decoded {
  return decode(raw, /%[0-7][0-9a-f]/gi, (sequence) => String.fromCharCode(Number.parseInt(sequence.slice(1), 16)))
}

/** Resolves the escapes of a JSON string; invalid ones stay. */
export function decodeJson(raw: string): Decoded {
  if (!raw.includes('\\')) return { text: raw, toRaw: (spans) => [...spans] }
  return decode(raw, /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g, (sequence) => String(JSON.parse(`"${sequence}"`)))
}

function decode(raw: string, escapes: RegExp, toCharacter: (sequence: string) => string): Decoded {
  const ends: number[] = []
  const removed: number[] = []
  let total = 0
  const text = raw.replace(escapes, (sequence, offset: number) => {
    ends.push(offset - total + 1)
    total += sequence.length - 1
    removed.push(total)
    return toCharacter(sequence)
  })
  const toRaw = (position: number): number => position + (removed[lastUpTo(ends, position)] ?? 0)
  return { text, toRaw: (spans) => spans.map(({ start, end }) => ({ start: toRaw(start), end: toRaw(end) })) }
}

// Index of the last of some ascending numbers that is at most `limit`; -1 where none is.
function lastUpTo(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
