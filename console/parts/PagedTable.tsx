import type { ComponentChildren } from 'preact'
import type { Address } from '../address/address'
import { Link } from '../address/Link'
import { askRows, PAGE_SIZES, type Source } from '../api/records'
import { useAnswer } from '../api/useAnswer'
import { plural } from '../text/format'
import { Answered } from './Answered'
import { DataTable, type TableColumn } from './DataTable'
import { Export } from './Export'

interface PagedTableProperties<T> {
  readonly caption: string
  /** What the rows are: "result". */
  readonly noun: string
  /** All that the rows depend on, but for the page. */
  readonly of: string
  readonly source: Source<T>
  readonly columns: readonly TableColumn<T>[]
  readonly keyOf: (row: T) => string
  readonly page: string
  readonly toPage: (page: string) => Address
  /** What is said where there are no rows. */
  readonly empty: ComponentChildren
  readonly below?: (row: T) => ComponentChildren
}

/** A table whose rows come from the API a page at a time; the address says which page. */
export function PagedTable<T>(properties: PagedTableProperties<T>) {
  const { caption, noun, of, source, columns, keyOf, page, toPage, empty, below } = properties
  const answer = useAnswer(`${of} ${page}`, (signal) => askRows(source, page, signal))
  return (
    <Answered answer={answer} what={`the ${noun}s`} instead={page !== '' && <Link to={toPage('')}>First page</Link>}>
      {({ rows, next, total }) =>
        rows.length === 0 ? (
          <p class="empty">{empty}</p>
        ) : (
          <>
            <div class="table-head">
              <p>
                {total === undefined ? '' : plural(total, noun)}
                {(page !== '' || next !== '') && `, ${PAGE_SIZES.shown} a page`}
              </p>
              <Export
                name={caption.toLowerCase().replaceAll(/\W+/g, '-')}
                columns={columns.filter(({ isExported }) => isExported !== false)}
                source={source}
              />
            </div>
            <DataTable caption={caption} columns={columns} rows={rows} keyOf={keyOf} below={below} />
            <nav class="pager" aria-label={`Pages of: ${caption}`}>
              {page !== '' && <Link to={toPage('')}>First page</Link>}
              {next !== '' && <Link to={toPage(next)}>Next page</Link>}
            </nav>
          </>
        )
      }
    </Answered>
  )
}
