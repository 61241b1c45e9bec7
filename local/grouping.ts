/** A query that groups: what it selects of each document, and under which name the number of a group is. */
export interface Grouping {
  readonly ungrouped: string
  readonly count: string
}

/** Reads a query that counts by groups, in the form in which the service writes it; undefined for any other. */
export const toGrouping = (text: string): Grouping | undefined => {
  const [, count, selected, rest] =
    /^SELECT COUNT\(1\) AS (\w+), (.*?) (FROM c WHERE .*) GROUP BY [^']*$/s.exec(text) ?? []
  return count === undefined ? undefined : { ungrouped: `SELECT ${selected} ${rest}`, count }
}

/** One row for each group of equal rows, with how many there are. */
export const countGroups = (rows: readonly unknown[], name: string): unknown[] => {
  const groups = new Map<string, { readonly row: object; count: number }>()
  for (const row of rows) {
    const key = JSON.stringify(row)
    const group = groups.get(key) ?? { row: Object(row), count: 0 }
    group.count += 1
    groups.set(key, group)
  }
  return [...groups.values()].map(({ row, count }) => ({ [name]: count, ...row }))
}
