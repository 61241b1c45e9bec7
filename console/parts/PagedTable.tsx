import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Address } from '../address/address'
import { Link } from '../address/Link'
import type { Source } from '../api/source'
import { useAnswer } from '../api/useAnswer'
import { plural } from '../text/format'
import { Answered } from './Answered'
import { DataTable, type TableColumn } from './DataTable'
import { Export } from './Export'

const PAGE_SIZE = 50

interface PagedTableProperties<T> {
  readonly caption: string
  /** What the rows are: "result". */
  readonly noun: string
  /** All that the rows depend on, but for the page. */
  readonly of: string
  readonly source: Source<T>
  /** The name of the file that the rows are saved in, without its extension. */
  readonly file: string
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
  const { caption, noun, of, file, source, columns, keyOf, page, toPage, empty, below } = properties
  const answer = useAnswer(`${of} ${page}`, (signal) =>
    source({ size: PAGE_SIZE, position: page, isCounted: true }, signal),
  )
  const place = useKeptFocus(`${of} ${page}`)
  return (
    <div class="rows" ref={place} tabIndex={-1}>
      <Answered answer={answer} what={`the ${noun}s`} instead={page !== '' && <Link to={toPage('')}>First page</Link>}>
        {({ rows, next, total }) =>
          rows.length === 0 ? (
            <p class="empty">{empty}</p>
          ) : (
            <>
              <div class="table-head">
                <p>
                  {total === undefined ? '' : plural(total, noun)}
                  {(page !== '' || next !== '') && `, ${PAGE_SIZE} a page`}
                </p>
                <Export
                  name={file}
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
    </div>
  )
}

// What was used to come here, such as the link to this page, may be gone: the keyboard goes on at the rows.
function useKeptFocus(key: string) {
  const place = useRef<HTMLDivElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current && document.activeElement === document.body) place.current?.focus()
    isFirst.current = false
  }, [key])
  return place
}
