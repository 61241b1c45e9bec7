/** A part of a string that holds a secret: from `start` up to, but not including, `end`. */
export interface Span {
  readonly start: number
  readonly end: number
  /** The replacement needs quotes: it replaces a number, an object or an array in JSON. */
  readonly unquoted?: true
}

/** Replaces spans, in whatever order, by `[redacted]`; every other character stays. Spans that overlap count as one. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  const pieces: string[] = []
  let from = -1
  for (const { start, end, unquoted } of spans.toSorted((one, other) => one.start - other.start)) {
    if (start > from) pieces.push(text.slice(Math.max(from, 0), start), unquoted ? '"[redacted]"' : '[redacted]')
    from = Math.max(from, end)
  }
  return pieces.join('') + text.slice(from)
}

/** The same spans, shifted by `offset` characters. */
export function shift(spans: readonly Span[], offset: number): Span[] {
  return spans.map(({ start, end }) => ({ start: start + offset, end: end + offset }))
}
