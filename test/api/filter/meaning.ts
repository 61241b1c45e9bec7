import type { Call, Casing, Comparison, Filter, Operand } from './grammar'
import { type Document, type Value, valueAt } from './properties'

const cased = (value: string, casing: Casing): string => {
  if (casing === undefined) return value
  return casing === 'tolower' ? value.toLowerCase() : value.toUpperCase()
}

const compareValues = (operator: Comparison, left: Value, right: Value): boolean => {
  if (operator === 'eq') return left === right
  if (operator === 'ne') return left !== right
  if (left === null || right === null) return false
  if (operator === 'gt') return left > right
  if (operator === 'ge') return left >= right
  return operator === 'lt' ? left < right : left <= right
}

const seen = (document: Document, { property, casing }: Operand, includeUnknownEnumMembers: boolean): Value => {
  // Documents of these tests have such values only.
  const value = valueAt(document, property) as Value
  if (casing !== undefined && typeof value === 'string') return cased(value, casing)
  return !includeUnknownEnumMembers && property.hidden?.includes(String(value)) === true ? 'unknownFutureValue' : value
}

const matches = (name: Call, value: Value, part: string): boolean => {
  if (typeof value !== 'string') return false
  if (name === 'startswith') return value.startsWith(part)
  return name === 'endswith' ? value.endsWith(part) : value.includes(part)
}

/** Whether a filter lets a document through, as OData says: a comparison with null is false, but for `eq` and `ne`. */
export const holds = (filter: Filter, document: Document, includeUnknownEnumMembers: boolean): boolean => {
  if (filter.kind === 'and') return filter.parts.every((part) => holds(part, document, includeUnknownEnumMembers))
  if (filter.kind === 'or') return filter.parts.some((part) => holds(part, document, includeUnknownEnumMembers))
  if (filter.kind === 'not') return !holds(filter.part, document, includeUnknownEnumMembers)
  if (filter.kind === 'any') {
    const elements = valueAt(document, filter.property)
    return Array.isArray(elements) && filter.literals.some(({ value }) => elements.includes(value))
  }
  const value = seen(document, filter, includeUnknownEnumMembers)
  if (filter.kind === 'alone') return value === true
  if (filter.kind === 'in') return filter.literals.some((literal) => literal.value === value)
  if (filter.kind === 'compare') return compareValues(filter.operator, value, filter.literal.value)
  return matches(filter.name, value, String(filter.literal.value))
}

/** The parameter aliases of a filter, each with its value. */
export const aliasesOf = (filter: Filter): ReadonlyMap<string, string> => {
  if (filter.kind === 'and' || filter.kind === 'or')
    return new Map(filter.parts.flatMap((part) => [...aliasesOf(part)]))
  if (filter.kind === 'not') return aliasesOf(filter.part)
  if (filter.kind === 'alone') return new Map()
  const literals = filter.kind === 'in' || filter.kind === 'any' ? filter.literals : [filter.literal]
  return new Map(literals.flatMap(({ text, alias }) => (alias === undefined ? [] : [[text, alias] as const])))
}
