import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Column } from '../text/csv'
import { useScrolling } from './useScrolling'

/** A column that is shown, maybe otherwise than it is exported. */
export interface TableColumn<T> extends Column<T> {
  readonly cell?: (row: T) => ComponentChildren
  /** Left out of the table, but not of the export. */
  readonly isHidden?: boolean
  /** False for what is only of use on the page. */
  readonly isExported?: boolean
}

interface DataTableProperties<T> {
  readonly caption: string
  readonly columns: readonly TableColumn<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  /** What stands below a row, if anything. */
  readonly below?: ((row: T) => ComponentChildren) | undefined
}

/** A table; on a phone each row becomes a card, whose cells are named by the titles of their columns. */
export function DataTable<T>({ caption, columns, rows, keyOf, below }: DataTableProperties<T>) {
  const shown = columns.filter(({ isHidden }) => isHidden !== true)
  const table = useRef<HTMLTableElement>(null)
  useScrolling(table, rows)
  return (
    <table ref={table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {shown.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={keyOf(row)} row={row} columns={shown} detail={below?.(row)} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProperties<T> {
  readonly row: T
  readonly columns: readonly TableColumn<T>[]
  readonly detail: ComponentChildren
}

function Row<T>({ row, columns, detail }: RowProperties<T>) {
  return (
    <>
      <tr>
        {columns.map(({ title, text, cell }) => (
          <td key={title} data-title={title}>
            <div>{cell === undefined ? <bdi>{text(row)}</bdi> : cell(row)}</div>
          </td>
        ))}
      </tr>
      {detail !== undefined && (
        <tr class="detail">
          <td colSpan={columns.length}>{detail}</td>
        </tr>
      )}
    </>
  )
}
