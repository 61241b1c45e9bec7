/** The preferences of a request that the service knows (RFC 7240); others are ignored. */
export interface Preferences {
  readonly minimal: boolean
  readonly showHidden: boolean
}

const HIDDEN = 'include-unknown-enum-members'

const split = (header: string, separator: string): string[] => header.split(separator).map((part) => part.trim())

// A preference with its parameters: what stands in quotes is part of it, commas too, and so is all behind a lone quote.
const PREFERENCE = /(?:"(?:\\.|[^"])*(?:"|$)|[^",])+/g

/** Reads the Prefer header. Of a preference given twice the first counts. */
export const parsePrefer = (header: string | null): Preferences => {
  if (header === null) return { minimal: false, showHidden: false }
  const tokens = (header.match(PREFERENCE) ?? []).map((preference) => split(preference, ';')[0] ?? '')
  const pairs = tokens.map((token) => split(token.toLowerCase(), '='))
  const [, returned] = pairs.find(([name]) => name === 'return') ?? []
  return { minimal: returned?.replaceAll('"', '') === 'minimal', showHidden: pairs.some(([name]) => name === HIDDEN) }
}

/** Preferences that shaped an answer, as the Preference-Applied header names them. */
export const applied = ({ minimal, showHidden }: Preferences): Record<string, string> => {
  const names = [...(minimal ? ['return=minimal'] : []), ...(showHidden ? [HIDDEN] : [])]
  return names.length === 0 ? {} : { 'Preference-Applied': names.join(', ') }
}
