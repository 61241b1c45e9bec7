import { select } from './columns'
import type { Asked, Document } from './gateway'
import { type Sql, toSql } from './plan'

type Asking = Pick<Asked, 'kind' | 'text' | 'parameters'>

const compare = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)

// Of a WHERE only the position of the page counts here: all else holds for what a test puts into the partitions.
const behind = (documents: readonly Document[], { order, direction, position }: Sql, asked: Asking): Document[] => {
  const values = position.map((name) => asked.parameters.find((parameter) => parameter.name === name)?.value)
  const sign = direction === 'DESC' ? -1 : 1
  const distance = (document: Document, than: readonly unknown[]): number =>
    sign *
    (order.map((name, index) => compare(document[name], than[index])).find((difference) => difference !== 0) ?? 0)
  const left = values.length === 0 ? documents : documents.filter((document) => distance(document, values) > 0)
  return left.toSorted((a, b) =>
    distance(
      a,
      order.map((name) => b[name]),
    ),
  )
}

/** What a query that does not group finds in a partition. */
export const rowsOf = (documents: readonly Document[], asked: Asking, countParts: number): readonly unknown[] => {
  const sql = toSql(asked.text)
  if (sql.counts) {
    const parts = Array.from({ length: countParts }, (_, index) =>
      index === 0 ? documents.length - countParts + 1 : 1,
    )
    return asked.kind === 'direct' ? parts : parts.map((item) => [{ item }])
  }
  const rows = behind(documents, sql, asked).slice(0, sql.top)
  if (asked.kind === 'direct') return rows.map((document) => select(document, sql.columns))
  const items = (document: Document) => sql.order.map((name) => ({ item: document[name] }))
  return rows.map((document) => ({
    _rid: document._rid,
    orderByItems: items(document),
    payload: select(document, sql.columns),
  }))
}
