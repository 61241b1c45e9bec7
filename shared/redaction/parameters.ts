import { decodePercent } from './decoded'
import { isSecretParameter } from './secretNames'
import type { Span } from './spans'

/** How parameters are separated. */
export interface Grammar {
  /** `=` and the separators. */
  readonly tokens: RegExp
  /** The separator that ends every value. The others may be part of one, or stand in front of a parameter inside it. */
  readonly outer: string
  /** Whether the text between two outer separators begins with a parameter. */
  readonly leading: boolean
}

/** Query and fragment: `;`, `?` and `#` separate for some servers, or belong to a URL that was not encoded. */
export const QUERY: Grammar = { tokens: /[=&;?#]/g, outer: '&', leading: true }

/** A form; one pair a line is seen, too. */
export const FORM: Grammar = { tokens: /[=&;?#\r\n]/g, outer: '&', leading: true }

/** A path: parameters follow a `;` and end with their segment. */
export const PATH: Grammar = { tokens: /[=;/]/g, outer: '/', leading: false }

/** The values of parameters: those of secret ones, and the others, which may hold a URL. */
export interface Values {
  readonly secret: Span[]
  readonly other: Span[]
}

/** Finds parameters, in one pass from left to right. */
export function findParameters(text: string, { tokens, outer, leading }: Grammar): Values {
  const state: State = { text, leading, secret: [], other: [], ...START }
  const pattern = new RegExp(tokens)
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === '=') readName(state, match.index)
    else if (match[0] === outer) endPair(state, match.index)
    else startSegment(state, match.index + 1)
  }
  endPair(state, text.length)
  return state
}

/** A pair stands between two outer separators, a segment between any two. */
interface State extends Values {
  readonly text: string
  readonly leading: boolean
  pairStart: number
  segmentStart: number
  segmentNamed: boolean
  /** Where the value of the pair begins; -1 until its name has been read. */
  valueStart: number
  /** Where a secret value begins that has not ended yet; -1 if there is none. An outer one is the value of the pair. */
  secretStart: number
  secretIsOuter: boolean
}

const START = {
  pairStart: 0,
  segmentStart: 0,
  segmentNamed: false,
  valueStart: -1,
  secretStart: -1,
  secretIsOuter: false,
}

function readName(state: State, equals: number): void {
  const { text, pairStart, segmentStart } = state
  if (state.segmentNamed) return
  state.segmentNamed = true
  if (state.secretIsOuter) return
  // A separator ends an inner value only if another pair follows.
  endSecret(state, segmentStart - 1)
  const isOuter = state.valueStart === -1
  if (isOuter) state.valueStart = equals + 1
  state.secretIsOuter = isOuter && state.leading && isSecretName(text.slice(pairStart, equals))
  const isInner = segmentStart !== pairStart && isSecretName(text.slice(segmentStart, equals))
  if (state.secretIsOuter || isInner) state.secretStart = equals + 1
}

function endPair(state: State, end: number): void {
  endSecret(state, end)
  const start = state.valueStart === -1 ? state.pairStart : state.valueStart
  if (!state.secretIsOuter && start < end) state.other.push({ start, end })
  state.pairStart = end + 1
  state.valueStart = -1
  state.secretIsOuter = false
  startSegment(state, end + 1)
}

function startSegment(state: State, start: number): void {
  state.segmentStart = start
  state.segmentNamed = false
}

// A line end in front of the next separator is no part of the value.
function endSecret(state: State, end: number): void {
  const { text, secretStart, secret } = state
  if (secretStart === -1) return
  const length = text.slice(secretStart, end).trimEnd().length
  secret.push({ start: secretStart, end: secretStart + length })
  state.secretStart = -1
}

// A URL parser drops tabs and line ends before anything else, inside an escape as well.
function isSecretName(name: string): boolean {
  if (!/[%+]/.test(name)) return isSecretParameter(name)
  return isSecretParameter(decodePercent(name.replace(/[\t\n\r]/g, '').replaceAll('+', ' ')).text)
}
