import type { HeaderField } from '../basics/headerField'
import { splitHeaderList } from '../basics/headerList'

/** The preferences that the service supports (RFC 7240); others are ignored. */
export interface Preferences {
  /** The client wants no body in the answer to a change. */
  readonly returnMinimal: boolean
  /** The client knows the hidden members of evolvable enumerations. */
  readonly includeUnknownEnumMembers: boolean
  /** The largest page that the client wants; undefined where it does not say. */
  readonly maxPageSize: number | undefined
  /** Whether what follows a failure is to be tried; undefined where the client does not say. */
  readonly continueOnError: boolean | undefined
}

const CONTINUE_ON_ERROR = 'continue-on-error'
const UNKNOWN_MEMBERS = 'include-unknown-enum-members'

const EFFECTS = {
  'return=minimal': 'answers 204 without a body',
  [CONTINUE_ON_ERROR]: 'tries what follows a failure',
  'continue-on-error=false': 'runs requests one after another and stops at the first that fails',
  'odata.maxpagesize=N': 'has at most N entities in a page',
  [UNKNOWN_MEMBERS]:
    'accepts and shows the enumeration members after `unknownFutureValue`; without it they appear as `unknownFutureValue`',
} as const

/** The description of the Prefer header for a request that supports these preferences. */
export function preferHeader(...preferences: readonly (keyof typeof EFFECTS)[]): HeaderField {
  const effects = preferences.map((preference) => `\`${preference}\` ${EFFECTS[preference]}`)
  return { name: 'Prefer', describe: `Preferences, separated by commas: ${effects.join('; ')}. Others are ignored.` }
}

/** Parses the Prefer header. Where a preference is given twice, the first one counts. */
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
    maxPageSize: parsePageSize(preferred('odata.maxpagesize') ?? preferred('maxpagesize')),
    continueOnError: toBoolean(preferred(CONTINUE_ON_ERROR) ?? preferred(`odata.${CONTINUE_ON_ERROR}`)),
  }
}

// A preference that cannot be met is ignored (RFC 7240, 2).
function parsePageSize(value: string | undefined): number | undefined {
  return value !== undefined && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined
}

/** The Preference-Applied header: the preferences that shaped an answer. */
export function preferenceApplied(preferences: Partial<Preferences>): Readonly<Record<string, string>> {
  const { returnMinimal, includeUnknownEnumMembers, maxPageSize, continueOnError } = preferences
  const names = [
    ...(returnMinimal === true ? ['return=minimal'] : []),
    ...(includeUnknownEnumMembers === true ? [UNKNOWN_MEMBERS] : []),
    ...(maxPageSize === undefined ? [] : [`odata.maxpagesize=${maxPageSize}`]),
    ...(continueOnError === undefined ? [] : [`${CONTINUE_ON_ERROR}=${continueOnError}`]),
  ]
  return names.length === 0 ? {} : { 'Preference-Applied': names.join(', ') }
}

// A Boolean preference without a value is true (OData 4.01 part 1, 8.2.8.3); any other value is none that we know.
function toBoolean(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  return { '': true, true: true, false: false }[value.toLowerCase()]
}
