import { splitHeaderList } from '../basics/headerList'

/** The preferences of a request that the service knows (RFC 7240); others are ignored. */
export interface Preferences {
  /** The client wants no body in the answer to a change. */
  readonly returnMinimal: boolean
  /** The client knows the hidden members of evolvable enumerations. */
  readonly includeUnknownEnumMembers: boolean
}

const UNKNOWN_MEMBERS = 'include-unknown-enum-members'

/** Reads the Prefer header. Of a preference given twice the first counts. */
export function parsePrefer(header: string | null): Preferences {
  const pairs = splitHeaderList(header ?? '').map((preference) => {
    const [token = ''] = preference.split(';')
    return token.toLowerCase().split('=')
  })
  const preferred = (name: string): string | undefined => {
    const pair = pairs.find(([given]) => given?.trim() === name)
    return pair && (pair[1] ?? '').trim().replaceAll('"', '')
  }
  return {
    returnMinimal: preferred('return') === 'minimal',
    includeUnknownEnumMembers: preferred(UNKNOWN_MEMBERS) !== undefined,
  }
}

/** The Preference-Applied header: the preferences that shaped an answer. */
export function preferenceApplied(preferences: Preferences): Readonly<Record<string, string>> {
  const { returnMinimal, includeUnknownEnumMembers } = preferences
  const names = [...(returnMinimal ? ['return=minimal'] : []), ...(includeUnknownEnumMembers ? [UNKNOWN_MEMBERS] : [])]
  return names.length === 0 ? {} : { 'Preference-Applied': names.join(', ') }
}
