import { decodeHeader, pairs } from './platformLimits'

/**
 * The headers of a request by name. Node drops all but the first of some repeated headers; the platform joins them all.
 */
export const joinHeaders = (raw: readonly string[]): Record<string, string> => {
  const joined: Record<string, string> = {}
  for (const [spelt, bytes] of pairs(raw)) {
    const name = spelt.toLowerCase()
    const value = decodeHeader(bytes) ?? bytes
    joined[name] = Object.hasOwn(joined, name) ? `${joined[name]},${value}` : value
  }
  return joined
}
