import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../shared/odata/filter'
import { pageQuery } from '../../shared/odata/query'
import { managedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import { modelOf } from '../../shared/schemas/model'

// The parser of the embedded database; the package has no types.
const { default: parseSql } = createRequire(import.meta.url)('@zeit/cosmosdb-query') as {
  default: (text: object) => unknown
}

const repeat = (count: number, text: string, by: string): string => Array.from({ length: count }, () => text).join(by)

const parse = (filter: string) => parseFilter(filter, modelOf(managedTenantOperation), false)

const TERMS = {
  comparison: "name eq 'a'",
  'comparison with null': "status ne 'a'",
  function: "contains(name,'a')",
  'negated function': "not contains(status,'a')",
  list: "not (status in (null,'a','b'))",
}

// The longest filter of a shape that is taken.
const longest = (shape: (count: number) => string): { count: number; filter: string } => {
  let longest = { count: 0, filter: '' }
  for (let count = 1; count <= 100; count++) {
    try {
      parse(shape(count))
      longest = { count, filter: shape(count) }
    } catch {
      return longest
    }
  }
  return longest
}

/** How often the parser looks at the text of the page query of a filter. */
const looks = (filter: string): number => {
  const after = { value: 'a', id: '00000000-0000-0000-0000-000000000000' }
  const scope = { tenantId: 'tenant', parents: {}, filter: parse(filter) }
  const { text } = pageQuery(scope, { property: 'name', direction: 'asc' }, after, 100)
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

const shapes: [string, (term: string, count: number) => string][] = [
  ['or', (term, count) => repeat(count, term, ' or ')],
  ['one long list inside', (term, count) => `${term} or ${term} and (${repeat(count, term, ' or ')})`],
]

// What a laptop does in about a second.
const MOST_LOOKS = 40_000_000

describe('the longest filter that is taken is soon parsed', () => {
  const rows = Object.entries(TERMS).flatMap(([name, term]) =>
    shapes.map(([shape, build]) => [shape, name, (count: number) => build(term, count)] as const),
  )
  it.each(rows)('as %s of each a %s', (_, __, shape) => {
    const { count, filter } = longest(shape)
    expect(count).toBeGreaterThan(0)
    expect(looks(filter)).toBeLessThan(MOST_LOOKS)
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
    [
      'too much',
      repeat(33, "contains(name,'a') and (contains(name,'b') or contains(name,'c'))", ' or '),
      /too complex/,
    ],
    ['8,001 characters', `name eq '${'a'.repeat(7991)}'`, /8000 characters/],
  ])('refuse %s', (_, filter, message) => expect(refusal(filter)).toMatch(message))
})
