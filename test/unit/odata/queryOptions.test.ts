import { describe, expect, test } from 'vitest'
import { parseQueryOptions } from '../../../shared/odata/queryOptions'
import { outcome } from '../outcome'

const TAKEN = ['top', 'filter', 'select', 'count', 'orderby', 'skiptoken']

const BEYOND = ['skip', 'expand', 'search', 'apply', 'compute']

describe('query options', () => {
  const read = (query: string, allowed: readonly string[] = TAKEN) =>
    outcome(() => Object.fromEntries(parseQueryOptions(new URLSearchParams(query), allowed)))

  test.each(TAKEN)('%s is taken in any case, with $ or without it, once', (name) => {
    for (const given of [name, `$${name}`, name.toUpperCase(), `$${name.toUpperCase()}`, `%24${name}`, `%20$${name}`]) {
      expect(read(`${given}=a%20b+c`)).toEqual({ [name]: 'a b c' })
      expect(read(`${given}=1`, [])).toBe(`invalidQueryOption $${name}`)
      expect(read(`${given}=1&${name}=1`)).toBe(`invalidQueryOption $${name}`)
    }
    expect(read(`$${name}`)).toEqual({ [name]: '' })
  })

  test.each(BEYOND)('%s is refused in any case, with $ or without it', (name) => {
    for (const given of [name, `$${name}`, name.toUpperCase(), `$${name.toUpperCase()}`])
      expect(read(`${given}=1`)).toBe(`invalidQueryOption $${name}`)
  })

  test.each(['$', '$$top', '$format', '$deltatoken', '$id', '$Filters', `$${'x'.repeat(5000)}`])(
    '%j is refused',
    (name) => {
      expect(read(`${encodeURIComponent(name)}=1`)).toMatch(/^invalidQueryOption \$[$a-z]{0,63}$/)
    },
  )

  test.each(['x', 'api-version', 'code', 'tops', '_', '', '__proto__', 'constructor'])('%j means nothing', (name) => {
    expect(read(`${name}=1&${name}=2&$top=1`)).toEqual({ top: '1' })
  })
})

test.each([
  ['', {}],
  ['code=x&other=y', {}],
  ['$top=1&$FILTER=a', { top: '1', filter: 'a' }],
  ['Top=1', { top: '1' }],
  ['$skip=1', 'invalidQueryOption $skip'],
  ['expand=x', 'invalidQueryOption $expand'],
  ['$what=1', 'invalidQueryOption $what'],
  ['$top=1&top=2', 'invalidQueryOption $top'],
  ['$select=a', 'invalidQueryOption $select'],
])('the query %j', (query, expected) => {
  const options = outcome(() => Object.fromEntries(parseQueryOptions(new URLSearchParams(query), ['top', 'filter'])))
  expect(options).toEqual(expected)
})
