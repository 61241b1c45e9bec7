import { type Column, select, toColumns, write } from './columns'

/** A query that counts by groups: as a client sends it, or as a plan has rewritten it. */
export interface Grouped {
  readonly columns: readonly Column[]
  readonly where: string
  readonly by: string
  readonly isRewritten: boolean
}

/** Reads such a query; undefined for any other. */
export const toGrouped = (text: string): Grouped | undefined => {
  const [, selected = '', where = '', by] = /^SELECT (.*?)\s+FROM c\s+WHERE (.*?)\s+GROUP BY (.*)$/s.exec(text) ?? []
  if (by === undefined) return undefined
  const payload = /, \{"n": \{"item": COUNT\(1\)\}, (.*)\} AS payload$/.exec(selected)?.[1]
  const columns = toColumns(payload ?? selected.replace('COUNT(1) AS n, ', ''))
  return { columns, where, by, isRewritten: payload !== undefined }
}

/** Part of a plan: how the SDK is to merge groups. */
export const groupingPlan = ({ columns, where, by }: Grouped) => {
  const expressions = by.split(/, (?![^(]*\))/)
  const items = expressions.map((expression) => `{"item": ${expression}}`).join(', ')
  const members = ['"n": {"item": COUNT(1)}', ...columns.map((column) => `"${column.alias}": ${write(column)}`)]
  const aliases = columns.map(({ alias }) => [alias, null])
  return {
    groupByExpressions: expressions,
    groupByAliases: ['n', ...columns.map(({ alias }) => alias)],
    groupByAliasToAggregateType: { n: 'Count', ...Object.fromEntries(aliases) },
    rewrittenQuery: `SELECT [${items}] AS groupByItems, {${members.join(', ')}} AS payload\nFROM c\nWHERE (${where})\nGROUP BY ${by}`,
  }
}

/** The groups of these documents, which may be a part of all: the rows of one page. */
export const groupRows = (documents: readonly object[], { columns, isRewritten }: Grouped): unknown[] => {
  const groups = new Map<string, { row: object; n: number }>()
  for (const document of documents) {
    const row = select(document, columns)
    const key = JSON.stringify(row)
    groups.set(key, { row, n: (groups.get(key)?.n ?? 0) + 1 })
  }
  return [...groups.values()].map(({ row, n }) =>
    isRewritten
      ? { groupByItems: Object.values(row).map((item) => ({ item })), payload: { n: { item: n }, ...row } }
      : { n, ...row },
  )
}
