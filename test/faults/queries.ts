import fc from 'fast-check'
import { guid, often, text, wellFormed } from './texts'

const property = fc.constantFrom(
  ...['id', 'name', 'status', 'createdDateTime', 'lastModifiedDateTime', 'partnerUserId', 'requestId', 'isSuccess'],
  ...['attempt', 'statusCode', 'action', 'displayName', 'state', 'version', 'credentials', '_etag', 'custom', 'c'],
  ...['Name', 'ISSUCCESS', 'target/allTenants', 'Target/TenantIds', 'createdBy/user/id', 'createdBy/application/id'],
  ...['createdBy', 'createdBy/user', 'tolower(name)', 'toupper(status)', 'tolower(createdBy/user/id)', 'trim(name)'],
)
const literal = fc.oneof(
  fc.constantFrom('null', 'true', '1', '-1', "'a'", "''", "'o''neil'", '2026-11-23T10:55:47Z', '1e999', "'", '((', ''),
  fc.constantFrom('2026-11-23', '2026-02-30', '@p', '@q', '@p q', '@', "('a',@p)"),
  fc
    .constantFrom('approve', 'reject', 'x')
    .map((name) => `microsoft.graph.delegatedAdminRelationshipRequestAction'${name}'`),
  guid,
  text.map((value) => `'${value.replaceAll("'", "''")}'`),
  fc.double().map(String),
)
const comparison = fc
  .tuple(property, fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in', 'has', '=='), literal)
  .map((parts) => parts.join(' '))
const call = fc
  .tuple(fc.constantFrom('startswith', 'ENDSWITH', 'contains', 'length'), property, literal)
  .map(([name, of, value]) => `${name}(${of},${value})`)
const anyOf = fc
  .tuple(property, fc.constantFrom('t:t', 't: t', 't:u', '', 't'), fc.constantFrom('eq', 'in', 'ne'), literal)
  .map(([path, variable, operator, value]) => `${path}/any(${variable} ${operator} ${value})`)
const { filter } = fc.letrec<{ filter: string; term: string }>((tie) => ({
  term: fc.oneof(comparison, call, anyOf, property, text),
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('term'),
    fc.tuple(tie('filter'), fc.constantFrom('and', 'or', 'AND', 'xor'), tie('filter')).map((parts) => parts.join(' ')),
    tie('filter').map((inner) => `not (${inner})`),
    tie('filter').map((inner) => `(${inner})`),
  ),
}))

const name = often(5, fc.constantFrom('n', 'DAY', 'total', '__proto__', '_x'), text)
const aggregate = fc
  .tuple(fc.constantFrom('$count', 'id with sum', '*'), name)
  .map(([what, as]) => `aggregate(${what} as ${as})`)
const groupBy = fc
  .tuple(fc.array(often(8, property, name), { maxLength: 3 }), aggregate)
  .map(([keys, count]) => `groupby((${keys.join(',')}),${count})`)
const compute = fc.tuple(property, name).map(([of, as]) => `compute(date(${of}) as ${as})`)
const apply = fc
  .tuple(
    fc.oneof(
      fc.constant(''),
      filter.map((inner) => `filter(${inner})/`),
      fc.constant('filter(isSuccess)/'),
    ),
    fc.oneof(fc.constant(''), fc.constant('compute(date(createdDateTime) as DAY)/'), compute),
    fc.oneof(aggregate, groupBy, text),
  )
  .map((parts) => parts.join(''))

const option = fc.oneof(
  filter.map((value) => ['$filter', value]),
  fc.constantFrom('1', '2', '5', '999', '0', '1000', 'x', '', '-1', '1.5').map((value) => ['$top', value]),
  fc.tuple(property, fc.constantFrom('', ' asc', ' desc', ' up', ',id')).map((parts) => ['$orderby', parts.join('')]),
  fc.array(often(5, property, text), { maxLength: 4 }).map((names) => ['$select', names.join(',')]),
  fc.constantFrom('true', 'false', 'TRUE', '1').map((value) => ['$count', value]),
  text.map((value) => ['$skiptoken', value]),
  fc.tuple(text, text).map(([name, value]) => [name, value]),
  text.map((value) => ['$expand', value]),
  fc.tuple(fc.constantFrom('@p', '@q', '@'), literal).map((pair) => [...pair]),
  fc.constantFrom('json', 'xml', 'application/json;odata.metadata=none').map((value) => ['$format', value]),
)
// With any other option it is refused.
const applied = apply.map((value) => [['$apply', value]])

/** The query of a URL: options of a list, most of them nearly right. */
export const query = often(
  2,
  fc.constant(''),
  fc
    .oneof({ weight: 8, arbitrary: fc.array(option, { maxLength: 3 }) }, { weight: 1, arbitrary: applied })
    .map((options) => options.map((pair) => pair.map((part) => encodeURIComponent(wellFormed(part))).join('=')))
    .map((pairs) => `?${pairs.join('&')}`),
)
