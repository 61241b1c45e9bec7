import { parseDateTimeOffset } from '../schemas/dateTimeOffset'
import type { Property } from '../schemas/model'
import { invalidFilter, type Token } from './filterTokens'
import type { Literal } from './filterTree'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const INT32 = /^-?\d{1,10}$/
const SENTINEL = 'unknownFutureValue'

type Read = (token: Token) => Literal | undefined

const readers: Readonly<Record<string, { readonly expected: string; readonly read: Read }>> = {
  'Edm.Guid': {
    expected: 'a GUID',
    read: ({ value }) => (GUID.test(value) ? value.toLowerCase() : undefined),
  },
  'Edm.String': {
    expected: 'a text in single quotes',
    read: ({ kind, value }) => (kind === 'text' ? value : undefined),
  },
  'Edm.Boolean': {
    expected: 'true or false',
    read: ({ kind, value }) =>
      kind === 'word' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined,
  },
  'Edm.Int32': {
    expected: 'a whole number from -2147483648 to 2147483647',
    read: ({ kind, value }) => {
      const number = Number(value)
      return kind === 'word' && INT32.test(value) && number >= -2147483648 && number <= 2147483647 ? number : undefined
    },
  },
  'Edm.DateTimeOffset': {
    expected: "a date and time without quotes like 2026-11-23T10:55:47Z (in a URL, write '+' as %2B)",
    read: ({ kind, value }) => (kind === 'word' ? parseDateTimeOffset(value) : undefined),
  },
}

// A client that did not ask for hidden members sees all of them as one, and can only ask for all of them as one.
const readMember = ({ type }: Property, token: Token, showHidden: boolean): readonly string[] | undefined => {
  if (type.kind !== 'enum' || token.kind !== 'text' || !type.members.includes(token.value)) return undefined
  if (showHidden) return [token.value]
  if (type.hidden.includes(token.value)) return undefined
  return token.value === SENTINEL ? [SENTINEL, ...type.hidden] : [token.value]
}

/** Whether a token is the word null. */
export const isNull = ({ kind, value }: Token): boolean => kind === 'word' && value.toLowerCase() === 'null'

/** The values that a literal stands for, one but for members that are hidden. Throws `invalidQueryOption`. */
export const parseLiteral = (property: Property, token: Token, showHidden: boolean): readonly Literal[] => {
  const { name, type } = property
  if (type.kind === 'enum') {
    const members = readMember(property, token, showHidden)
    if (members !== undefined) return members
    const visible = type.members.filter((member) => showHidden || !type.hidden.includes(member))
    throw invalidFilter(`'${name}' is compared with one of ${visible.map((member) => `'${member}'`).join(', ')}.`)
  }
  const reader = type.kind === 'primitive' ? readers[type.name] : undefined
  const value = reader?.read(token)
  if (value === undefined) throw invalidFilter(`'${name}' is compared with ${reader?.expected ?? 'nothing'}.`)
  return [value]
}
