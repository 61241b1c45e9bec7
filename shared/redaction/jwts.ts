import type { Span } from './spans'

/**
 * Finds JSON Web Tokens: what begins with `eyJ`, which is `{"` in base64, and has two dots or more. Any
 * character may come before it, since that may belong to an escape (`\neyJ…`, `%22eyJ…`).
 */
export function findJwts(text: string): Span[] {
  const spans: Span[] = []
  // A run of these characters is read once, whether or not it is a token.
  for (const { 0: run, index } of text.matchAll(/eyJ[\w.-]*/g)) {
    const length = jwtLength(run)
    if (length > 0) spans.push({ start: index, end: index + length })
  }
  return spans
}

// Payload or signature may be empty, but not both. Trailing dots after the second are punctuation.
function jwtLength(run: string): number {
  const first = run.indexOf('.')
  const second = run.indexOf('.', first + 1)
  if (first < 'eyJ'.length + 1 || second === -1) return 0
  let length = run.length
  while (length > second + 1 && run[length - 1] === '.') length -= 1
  return length === first + 2 ? 0 : length
}
