import { isGuid } from '../basics/guid'
import { parseDateTimeOffset } from '../schemas/dateTimeOffset'
import type { FilterTarget } from '../schemas/filterTargets'
import type { EnumType, PrimitiveName, PrimitiveType } from '../schemas/property'
import { INT32_MAX, INT32_MIN, UNKNOWN_FUTURE_VALUE } from '../schemas/types'
import { invalidFilter, type Token } from './filterTokens'
import type { Literal, Term } from './filterTree'

type Casing = Term['casing']

interface Reader {
  /** What the message says was expected where the literal is invalid. */
  readonly expected: string
  readonly read: (token: Token, type: PrimitiveType, casing: Casing) => Literal | undefined
}

const readers: Readonly<Record<PrimitiveName, Reader>> = {
  'Edm.Guid': {
    expected: 'a GUID',
    read: ({ value }) => (isGuid(value) ? value.toLowerCase() : undefined),
  },
  'Edm.String': {
    expected: 'a string in single quotes',
    read: ({ kind, value }, { guid }, casing) => {
      // Graph clients write the id of an entity with or without quotes.
      if (kind !== 'string' && !(guid === 'always' && isGuid(value))) return undefined
      // A literal compared with tolower or toupper of a property keeps its case.
      return guid !== undefined && casing === undefined && isGuid(value) ? value.toLowerCase() : value
    },
  },
  'Edm.Boolean': {
    expected: 'true or false',
    read: ({ kind, value }) =>
      kind === 'word' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined,
  },
  'Edm.Int32': {
    expected: `a whole number from ${INT32_MIN} to ${INT32_MAX}`,
    read: ({ kind, value }) => {
      const number = Number(value)
      return kind === 'word' && /^-?\d{1,10}$/.test(value) && number >= INT32_MIN && number <= INT32_MAX
        ? number
        : undefined
    },
  },
  'Edm.DateTimeOffset': {
    expected: "a date, or a date and time, without quotes like 2026-11-23T10:55:47Z (in a URL, write '+' as %2B)",
    // A date without a time is midnight UTC.
    read: ({ kind, value }) =>
      kind === 'word' ? parseDateTimeOffset(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00Z` : value) : undefined,
  },
}

/** Whether a token is the word null. */
export function isNull({ kind, value }: Token): boolean {
  return kind === 'word' && value.toLowerCase() === 'null'
}

/** The values that a literal stands for: several only for hidden members. Throws `invalidQueryOption`. */
export function parseLiteral(
  { path, type }: FilterTarget,
  token: Token,
  includeUnknownEnumMembers: boolean,
  casing?: Casing,
): readonly Literal[] {
  const name = path.join('/')
  if (type.kind === 'enum') return parseMember(name, type, token, includeUnknownEnumMembers)
  const { read, expected } = readers[type.name]
  const value = read(token, type, casing)
  if (value === undefined) throw invalidFilter(`'${name}' must be compared with ${expected}.`)
  return [value]
}

function parseMember(name: string, type: EnumType, token: Token, includeUnknown: boolean): readonly string[] {
  const visible = type.members.filter((member) => includeUnknown || !type.hidden.includes(member))
  if (token.kind !== 'string' || !visible.includes(token.value)) {
    throw invalidFilter(`'${name}' must be compared with one of ${visible.map((member) => `'${member}'`).join(', ')}.`)
  }
  // A client that did not ask for hidden members sees them all as one value, so it can only filter for all of them.
  return token.value === UNKNOWN_FUTURE_VALUE && !includeUnknown ? [token.value, ...type.hidden] : [token.value]
}
