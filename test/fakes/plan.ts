/** The parts of a query that the scripted gateway needs. */
export interface Sql {
  readonly top: number
  readonly where: string
  readonly order: readonly string[]
  readonly direction: string
  readonly counts: boolean
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
  }
}

const rewritten = ({ top, where, order, direction, counts }: Sql): string => {
  if (counts) return `SELECT VALUE [{"item": COUNT(1)}]\nFROM c\nWHERE (${where})`
  const items = order.map((name) => `{"item": c.${name}}`).join(', ')
  const filter = `((${where}) AND ({documentdb-formattableorderbyquery-filter}))`
  const by = order.map((name) => `c.${name} ${direction}`).join(', ')
  return `SELECT TOP ${top} c._rid, [${items}] AS orderByItems, c AS payload\nFROM c\nWHERE ${filter}\nORDER BY ${by}`
}

/** The plan of a query, in the shape in which Cosmos DB answers the SDK's query-plan request. */
export const planOf = (text: string): Readonly<Record<string, unknown>> => {
  const sql = toSql(text)
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
    },
    // The prefix of a hierarchical key hashes to a range of effective keys that may lie in several partitions.
    queryRanges: [{ min: '1A', max: '1AFF', isMinInclusive: true, isMaxInclusive: false }],
  }
}
