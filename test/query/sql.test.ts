import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../shared/odata/filter'
import { managedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import { pageQuery } from '../../shared/store/query'
import { newBinder, toCondition } from '../../shared/store/sql'

// In Cosmos DB a comparison across types is undefined, and null is a type of its own; in the embedded database
// `!=` against null is true. So what a real account needs shows in the text alone.
describe('the condition of a filter', () => {
  const rows: [string, string, unknown[]][] = [
    ["name eq 'a'", 'c.name = @p0', ['a']],
    ["name ne 'a'", 'c.name != @p0', ['a']],
    ["status eq 'a'", 'c.status = @p0', ['a']],
    ["status ne 'a'", '(c.status != @p0 OR IS_NULL(c.status))', ['a']],
    ["not (status eq 'a')", '(c.status != @p0 OR IS_NULL(c.status))', ['a']],
    ["not (status ne 'a')", 'c.status = @p0', ['a']],
    ['status eq null', 'IS_NULL(c.status)', []],
    ['status ne null', 'NOT IS_NULL(c.status)', []],
    ['name eq null', 'IS_NULL(c.name)', []],
    ["status in ('a',null,'b')", '(c.status IN (@p0, @p1) OR IS_NULL(c.status))', ['a', 'b']],
    ["not (status in ('a','b'))", '(c.status != @p0 AND c.status != @p1 OR IS_NULL(c.status))', ['a', 'b']],
    ["not (status in ('a',null))", 'NOT IS_NULL(c.status) AND c.status != @p0', ['a']],
    ["status gt 'a'", 'c.status > @p0', ['a']],
    ["not (status gt 'a')", '(c.status <= @p0 OR IS_NULL(c.status))', ['a']],
    ["not (name ge 'a')", 'c.name < @p0', ['a']],
    ["contains(status,'a')", 'CONTAINS(c.status, @p0)', ['a']],
    ["not contains(status,'a')", '(NOT CONTAINS(c.status, @p0) OR IS_NULL(c.status))', ['a']],
    ["not startswith(name,'a')", 'NOT STARTSWITH(c.name, @p0)', ['a']],
    ["name eq 'a' or name eq 'b' and name eq 'c'", '(c.name = @p0 OR c.name = @p1 AND c.name = @p2)', ['a', 'b', 'c']],
    [
      "(name eq 'a' or name eq 'b') and name eq 'c'",
      '(c.name = @p0 OR c.name = @p1) AND c.name = @p2',
      ['a', 'b', 'c'],
    ],
    ["not (name eq 'a' or status eq 'b')", 'c.name != @p0 AND (c.status != @p1 OR IS_NULL(c.status))', ['a', 'b']],
    ["not (name eq 'a' and not (name eq 'b'))", '(c.name != @p0 OR c.name = @p1)', ['a', 'b']],
    ["((((name eq 'a'))))", 'c.name = @p0', ['a']],
    [
      'createdDateTime lt 2026-01-01T00:00:00.12345678+01:00',
      'c.createdDateTime < @p0',
      ['2025-12-31T23:00:00.1234567Z'],
    ],
  ]
  it.each(rows)('%s', (filter, text, values) => {
    const binder = newBinder()
    const tree = parseFilter(filter, managedTenantOperation, false)
    expect(tree && toCondition(tree, binder)).toBe(text)
    expect(binder.parameters.map(({ value }) => value)).toEqual(values)
  })
})

describe('the query of a page', () => {
  it('names the tenant first, then parents, filter and position, and all in parentheses that hold an OR', () => {
    const filter = parseFilter("name eq 'a' or name eq 'b'", managedTenantOperation, false)
    const scope = { tenantId: 'tenant', parents: { usersId: "o'neil" } }
    const order = { property: 'name', direction: 'desc' } as const
    const { text, parameters } = pageQuery(scope, { filter, order, after: { value: 'n', id: 'i' }, limit: 5 })
    expect(text).toBe(
      'SELECT TOP 5 * FROM c WHERE c.partnerTenantId = @p0 AND c.usersId = @p1 AND (c.name = @p2 OR c.name = @p3)' +
        ' AND (c.name < @p4 OR c.name = @p4 AND c.id < @p5) ORDER BY c.name DESC, c.id DESC',
    )
    expect(parameters.map(({ value }) => value)).toEqual(['tenant', "o'neil", 'a', 'b', 'n', 'i'])
  })
})
