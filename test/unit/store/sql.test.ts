import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../../shared/filter/filter'
import { delegatedAdminRelationshipRequest } from '../../../shared/schemas/delegatedAdminRelationshipRequest'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { pageQuery } from '../../../shared/store/query'
import { newBinder, toCondition } from '../../../shared/store/sql'

const GUID = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'
const OTHER = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const aliases = new Map([
  ['@a', "'x'"],
  ['@b', "'it''s'"],
  ['@t', 'TRUE'],
])

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
    ['createdDateTime ge 2026-01-01', 'c.createdDateTime >= @p0', ['2026-01-01T00:00:00.0000000Z']],
    // What is inside of a complex value may be null, or not there at all, and so may be what it is in.
    ['target/allTenants', 'c.target.allTenants = @p0', [true]],
    [
      'not target/allTenants',
      '(c.target.allTenants != @p0 OR IS_NULL(c.target.allTenants) OR NOT IS_DEFINED(c.target.allTenants))',
      [true],
    ],
    ['Target/AllTenants eq false', 'c.target.allTenants = @p0', [false]],
    ["createdBy/user/id eq 'a'", 'c.createdBy.user.id = @p0', ['a']],
    [
      "createdBy/user/id ne 'a'",
      '(c.createdBy.user.id != @p0 OR IS_NULL(c.createdBy.user.id) OR NOT IS_DEFINED(c.createdBy.user.id))',
      ['a'],
    ],
    ['createdBy/user/id eq null', '(IS_NULL(c.createdBy.user.id) OR NOT IS_DEFINED(c.createdBy.user.id))', []],
    ['createdBy/user/id ne null', 'IS_DEFINED(c.createdBy.user.id) AND NOT IS_NULL(c.createdBy.user.id)', []],
    [
      "not startswith(createdBy/application/id,'a')",
      '(NOT STARTSWITH(c.createdBy.application.id, @p0) OR IS_NULL(c.createdBy.application.id) OR NOT IS_DEFINED(c.createdBy.application.id))',
      ['a'],
    ],
    [`target/tenantIds/any(t:t eq ${GUID})`, 'ARRAY_CONTAINS(c.target.tenantIds, @p0)', [GUID]],
    [
      `target/tenantIds/any(id: id eq '${GUID.toUpperCase()}' or id in (${OTHER}))`,
      '(ARRAY_CONTAINS(c.target.tenantIds, @p0) OR ARRAY_CONTAINS(c.target.tenantIds, @p1))',
      [GUID, OTHER],
    ],
    [
      `not target/tenantIds/any(t:t in (${GUID},${OTHER}))`,
      '(NOT ARRAY_CONTAINS(c.target.tenantIds, @p0) AND NOT ARRAY_CONTAINS(c.target.tenantIds, @p1)' +
        ' OR IS_NULL(c.target.tenantIds) OR NOT IS_DEFINED(c.target.tenantIds))',
      [GUID, OTHER],
    ],
    ["tolower(name) eq 'a'", 'LOWER(c.name) = @p0', ['a']],
    ["TOUPPER(Name) in ('A','B')", 'UPPER(c.name) IN (@p0, @p1)', ['A', 'B']],
    ["tolower(status) ne 'a'", '(LOWER(c.status) != @p0 OR IS_NULL(c.status))', ['a']],
    ['tolower(status) eq null', 'IS_NULL(c.status)', []],
    ["contains(tolower(status),'a')", 'CONTAINS(LOWER(c.status), @p0)', ['a']],
    ["not endswith(toupper(status),'A')", '(NOT ENDSWITH(UPPER(c.status), @p0) OR IS_NULL(c.status))', ['A']],
    // A GUID is compared in lower case, but with a function around the property as it is written.
    [`id eq '${GUID.toUpperCase()}'`, 'c.id = @p0', [GUID]],
    [`toupper(id) eq '${GUID.toUpperCase()}'`, 'UPPER(c.id) = @p0', [GUID.toUpperCase()]],
    ['name eq @a or name in (@b, @a)', '(c.name = @p0 OR c.name IN (@p1, @p2))', ['x', "it's", 'x']],
    ['status eq @nothing', 'IS_NULL(c.status)', []],
    ['target/allTenants eq @t', 'c.target.allTenants = @p0', [true]],
    [
      'createdDateTime lt 2026-01-01T00:00:00.12345678+01:00',
      'c.createdDateTime < @p0',
      ['2025-12-31T23:00:00.1234567Z'],
    ],
  ]
  it.each(rows)('%s', (filter, text, values) => {
    const binder = newBinder()
    const tree = parseFilter(filter, managedTenantOperation, false, aliases)
    expect(tree && toCondition(tree, binder)).toBe(text)
    expect(binder.parameters.map(({ value }) => value)).toEqual(values)
  })
})

describe('the condition of a filter on relationship requests', () => {
  const type = 'microsoft.graph.delegatedAdminRelationshipRequestAction'
  it.each([
    [`action eq ${type}'approve'`, 'c.action = @p0', ['approve']],
    [`action in (${type}'approve', 'terminate')`, 'c.action IN (@p0, @p1)', ['approve', 'terminate']],
    ['action ne @a', 'c.action != @p0', ['approve']],
    [`action eq ${type}'unknownFutureValue'`, 'c.action IN (@p0, @p1)', ['unknownFutureValue', 'reject']],
  ])('%s', (filter, text, values) => {
    const binder = newBinder()
    const tree = parseFilter(filter, delegatedAdminRelationshipRequest, false, new Map([['@a', `${type}'approve'`]]))
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
