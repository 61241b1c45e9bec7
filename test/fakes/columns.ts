/** Something that a query selects: a path into a document, and how much of a string there. */
export interface Column {
  readonly alias: string
  readonly path: readonly string[]
  readonly length: number | undefined
}

const COLUMN = /(?:"(\w+)": )?(?:LEFT\()?c((?:\.\w+)+)(?:, (\d+)\))?(?: AS (\w+))?/g

/** Reads a list of them, as a SELECT has it or as the members of an object. */
export const toColumns = (text: string): Column[] =>
  [...text.matchAll(COLUMN)].map(([, member, dotted = '', length, alias]) => {
    const path = dotted.slice(1).split('.')
    return {
      alias: member ?? alias ?? path.at(-1) ?? '',
      path,
      length: length === undefined ? undefined : Number(length),
    }
  })

/** The expression of one. */
export const write = ({ path, length }: Column): string =>
  length === undefined ? `c.${path.join('.')}` : `LEFT(c.${path.join('.')}, ${length})`

const valueAt = (document: unknown, { path, length }: Column): unknown => {
  const value = path.reduce<unknown>((at, name) => (at instanceof Object ? Reflect.get(at, name) : undefined), document)
  if (length === undefined) return value
  return typeof value === 'string' ? value.slice(0, length) : undefined
}

/** What a query selects of a document. */
export const select = (document: object, columns: readonly Column[]): object =>
  columns.length === 0
    ? document
    : Object.fromEntries(columns.map((column) => [column.alias, valueAt(document, column)]))
