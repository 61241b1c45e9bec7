import { type Column, toColumns, write } from './columns'
import { groupingPlan, toGrouped } from './grouped'

/** The parts of a query that the scripted gateway needs. */
export interface Sql {
  readonly top: number
  readonly where: string
  readonly order: readonly string[]
  readonly direction: string
  readonly counts: boolean
  /** What is selected of each document; empty for all of it. */
  readonly columns: readonly Column[]
  /** Names of the parameters behind whose values the page begins, in the order of `order`. */
  readonly position: readonly string[]
}

/** Reads a page query, a count query, or what a plan made of them. */
export const toSql = (text: string): Sql => {
  const by = /ORDER BY (.*)$/s.exec(text)?.[1] ?? ''
  return {
    top: Number(/SELECT TOP (\d+)/.exec(text)?.[1] ?? Number.POSITIVE_INFINITY),
    where: /WHERE (.*?)(?: ORDER BY|$)/s.exec(text)?.[1] ?? 'true',
    order: [...by.matchAll(/c\.(\w+)/g)].map(([, name = '']) => name),
    direction: by.endsWith('DESC') ? 'DESC' : 'ASC',
    position: [...(/\(c\.\w+ [<>] (@p\d+) OR .* AND c\.id [<>] (@p\d+)\)/.exec(text) ?? [])].slice(1),
    counts: text.includes('COUNT(1)'),
    columns: toColumns(
      /, \{(.*)\} AS payload/.exec(text)?.[1] ?? /SELECT TOP \d+ (?!c\._rid)(.*?) FROM/.exec(text)?.[1] ?? '',
    ),
  }
}

const rewritten = ({ top, where, order, direction, counts, columns }: Sql): string => {
  if (counts) return `SELECT VALUE [{"item": COUNT(1)}]\nFROM c\nWHERE (${where})`
  const items = order.map((name) => `{"item": c.${name}}`).join(', ')
  const filter = `((${where}) AND ({documentdb-formattableorderbyquery-filter}))`
  const by = order.map((name) => `c.${name} ${direction}`).join(', ')
  const members = columns.map((column) => `"${column.alias}": ${write(column)}`)
  const payload = columns.length === 0 ? 'c' : `{${members.join(', ')}}`
  return `SELECT TOP ${top} c._rid, [${items}] AS orderByItems, ${payload} AS payload\nFROM c\nWHERE ${filter}\nORDER BY ${by}`
}

/** The plan of a query, in the shape in which Cosmos DB answers the SDK's query-plan request. */
export const planOf = (text: string): Readonly<Record<string, unknown>> => {
  const sql = toSql(text)
  const grouped = toGrouped(text)
  return {
    partitionedQueryExecutionInfoVersion: 2,
    queryInfo: {
      distinctType: 'None',
      top: sql.counts ? null : sql.top,
      offset: null,
      limit: null,
      orderBy: sql.order.map(() => (sql.direction === 'DESC' ? 'Descending' : 'Ascending')),
      orderByExpressions: sql.order.map((name) => `c.${name}`),
      groupByExpressions: [],
      groupByAliases: [],
      aggregates: sql.counts ? ['Count'] : [],
      groupByAliasToAggregateType: {},
      rewrittenQuery: rewritten(sql),
      hasSelectValue: sql.counts,
      hasNonStreamingOrderBy: false,
      ...(grouped === undefined ? {} : { aggregates: [], ...groupingPlan(grouped) }),
    },
    // The prefix of a hierarchical key hashes to a range of effective keys that may lie in several partitions.
    queryRanges: [{ min: '1A', max: '1AFF', isMinInclusive: true, isMaxInclusive: false }],
  }
}
