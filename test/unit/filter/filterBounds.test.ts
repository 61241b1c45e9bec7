import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { rememberParsed } from '../../../local/sqlParser'
import { parseFilter } from '../../../shared/filter/filter'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { pageQuery } from '../../../shared/store/query'

rememberParsed()
// The parser of the embedded database; the package has no types.
const { default: parseSql } = createRequire(import.meta.url)('@zeit/cosmosdb-query') as {
  default: (text: object) => unknown
}

const repeat = (count: number, text: string, by: string): string => Array.from({ length: count }, () => text).join(by)

const parse = (filter: string) => parseFilter(filter, managedTenantOperation, false)

const TERMS = {
  comparison: "name eq 'a'",
  'comparison with null': "status ne 'a'",
  function: "contains(name,'a')",
  'negated function': "not contains(status,'a')",
  list: "not (status in (null,'a','b'))",
}

// How often the parser looks at a query.
const looks = (text: string): number => {
  let count = 0
  const look = <T>(seen: T): T => {
    count += 1
    return seen
  }
  const watched = {
    length: text.length,
    trim: () => watched,
    charAt: (index: number) => look(text.charAt(index)),
    charCodeAt: (index: number) => look(text.charCodeAt(index)),
    substr: (index: number, length: number) => look(text.slice(index, index + length)),
    substring: (from: number, to: number) => look(text.substring(from, to)),
  }
  parseSql(watched)
  return count
}

const shapes: [string, (term: string) => string][] = [
  ['a hundred, joined by or', (term) => repeat(33, term, ' or ')],
  ['one, and a list of the others', (term) => `${term} or ${term} and (${repeat(31, term, ' or ')})`],
  ['three levels', (term) => repeat(10, `(${term} or ${term} and ${term})`, ' and ')],
]

// For each character. Without memory it would be many thousands, and minutes, for some of these.
const MOST_LOOKS = 1000

describe('the embedded database parses the longest filters that are taken', () => {
  const rows = Object.entries(TERMS).flatMap(([name, term]) =>
    shapes.map(([shape, build]) => [shape, name, build(term)] as const),
  )
  it.each(rows)('%s, of each a %s', (_, __, text) => {
    const after = { value: 'a', id: '00000000-0000-0000-0000-000000000000' }
    const order = { property: 'name', direction: 'asc' } as const
    const page = { filter: parse(text), order, after, limit: 100 }
    const query = pageQuery({ tenantId: 'tenant', parents: {} }, page)
    expect(looks(query.text)).toBeLessThan(MOST_LOOKS * query.text.length)
  })
})

describe('bounds', () => {
  const refusal = (filter: string): string => {
    try {
      parse(filter)
      return ''
    } catch (error) {
      return error instanceof Error ? error.message : 'unknown'
    }
  }

  it.each([
    ['a hundred terms', repeat(100, "name eq 'a'", ' or ')],
    ['a hundred functions', repeat(100, "contains(name,'a')", ' and ')],
    ['a hundred values', `name in (${repeat(100, "'a'", ',')})`],
    ['a hundred comparisons with null', repeat(100, "status ne 'a'", ' or ')],
    ['and, or, and', repeat(9, "(name eq 'a' or name eq 'b' and status ne 'c')", ' and ')],
    ['or, and, or', repeat(9, "name eq 'a' and (name eq 'b' or status ne 'c')", ' or ')],
    ['redundant parentheses', `${'('.repeat(200)}name eq 'a'${')'.repeat(200)}`],
    [
      'a hundred functions in the second level',
      repeat(33, "contains(name,'a') and (contains(name,'b') or contains(name,'c'))", ' or '),
    ],
    ['not, fifty times', `${'not '.repeat(50)}(name eq 'a')`],
  ])('take %s', (_, filter) => expect(refusal(filter)).toBe(''))

  it.each([
    ['101 terms', repeat(101, "name eq 'a'", ' or '), /100 terms/],
    ['101 values', `name in (${repeat(101, "'a'", ',')})`, /100 terms/],
    ['four levels', "name eq 'a' or name eq 'b' and (name eq 'c' or name eq 'd' and name eq 'e')", /3 levels/],
    [
      'four levels behind not',
      "not (name eq 'a' or not (name eq 'b' or not (name eq 'c' or not (name eq 'd' or name eq 'e'))))",
      /3 levels/,
    ],
    ['201 parentheses', `${'('.repeat(201)}name eq 'a'${')'.repeat(201)}`, /200 open/],
    ['8,001 characters', `name eq '${'a'.repeat(7991)}'`, /8000 characters/],
  ])('refuse %s', (_, filter, message) => expect(refusal(filter)).toMatch(message))
})
