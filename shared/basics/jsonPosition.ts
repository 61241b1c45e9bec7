// Tokens longer than one character.
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: a string may not hold them as they are
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const BLANK = /[ \t\n\r]/

/**
 * The index at which a string stops being JSON (RFC 8259); its length where it ends too early. For a string that
 * `JSON.parse` refuses: the engine's message quotes the string, so the position cannot be extracted from it safely.
 * A number, a word or an escape that is cut off counts from its beginning. Takes linear time.
 */
export function findJsonError(text: string): number {
  const scan: Scan = { text, at: 0, open: [], expects: 'value' }
  for (;;) {
    while (BLANK.test(text.charAt(scan.at))) scan.at += 1
    if (scan.at >= text.length || scan.expects === 'end' || !readToken(scan)) return scan.at
  }
}

// `first…`: the object or array may also end here.
type Expectation = 'value' | 'firstValue' | 'name' | 'firstName' | 'colon' | 'comma' | 'end'

/** The state of the scanner. It is mutable because an object for each token would cost more than `JSON.parse`. */
interface Scan {
  readonly text: string
  readonly open: ('{' | '[')[]
  at: number
  expects: Expectation
}

// Reads one token; false where no valid token follows.
function readToken(scan: Scan): boolean {
  const { text, at, open, expects } = scan
  const character = text.charAt(at)
  const inside = open.at(-1)
  if ((character === '}' && inside === '{') || (character === ']' && inside === '[')) {
    if (expects !== 'comma' && expects !== 'firstValue' && expects !== 'firstName') return false
    open.pop()
    return advance(scan, at + 1, afterValue(scan))
  }
  if (expects === 'comma') return character === ',' && advance(scan, at + 1, inside === '{' ? 'name' : 'value')
  if (expects === 'colon') return character === ':' && advance(scan, at + 1, 'value')
  if (expects === 'name' || expects === 'firstName') return character === '"' && readString(scan, 'colon')
  return readValue(scan, character)
}

function readValue(scan: Scan, character: string): boolean {
  const { text, at, open } = scan
  if (character === '"') return readString(scan, afterValue(scan))
  if (character === '{' || character === '[') {
    open.push(character)
    return advance(scan, at + 1, character === '{' ? 'firstName' : 'firstValue')
  }
  const end = skip(NUMBER, text, at) ?? skip(WORD, text, at)
  return end !== undefined && advance(scan, end, afterValue(scan))
}

function readString(scan: Scan, expects: Expectation): boolean {
  const { text } = scan
  scan.at += 1
  for (;;) {
    scan.at = skip(PLAIN, text, scan.at) ?? scan.at
    if (text.charAt(scan.at) === '"') return advance(scan, scan.at + 1, expects)
    const end = skip(ESCAPE, text, scan.at)
    if (end === undefined) return false
    scan.at = end
  }
}

function afterValue({ open }: Scan): Expectation {
  return open.length === 0 ? 'end' : 'comma'
}

function advance(scan: Scan, at: number, expects: Expectation): true {
  scan.at = at
  scan.expects = expects
  return true
}

function skip(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}
