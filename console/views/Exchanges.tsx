import type { OperationAddress } from '../address/address'
import { Link } from '../address/Link'
import type { HttpExchange } from '../api/client'
import { exchangesOf } from '../api/records'
import { CopyButton } from '../parts/CopyButton'
import { Time } from '../parts/columns'
import { useApi } from '../parts/context'
import type { TableColumn } from '../parts/DataTable'
import { PagedTable } from '../parts/PagedTable'
import { toCurl } from '../text/curl'
import { toPretty, toTime } from '../text/format'

/** The HTTP requests of an operation at one customer; the one that the address names with its response. */
export function Exchanges({ address }: { readonly address: OperationAddress }) {
  const { operation, customer, requestsPage } = address
  return (
    <>
      <h3>HTTP requests</h3>
      <PagedTable
        caption="HTTP requests"
        noun="HTTP request"
        of={`${operation} ${customer}`}
        file={`http-requests-${operation}-${customer}`}
        source={exchangesOf(useApi(), operation, customer)}
        columns={toColumns(address)}
        keyOf={({ id = '' }) => id}
        page={requestsPage}
        toPage={(next) => ({ ...address, requestsPage: next, request: '' })}
        empty="No HTTP request was recorded at this customer."
        below={(row) => (row.id === address.request ? <Exchange exchange={row} /> : undefined)}
      />
    </>
  )
}

function toColumns(address: OperationAddress): readonly TableColumn<HttpExchange>[] {
  return [
    {
      title: 'Time (UTC)',
      text: ({ createdDateTime }) => toTime(createdDateTime),
      cell: ({ createdDateTime }) => <Time of={createdDateTime} />,
    },
    { title: 'Attempt (from 0)', text: ({ attempt = 0 }) => attempt },
    { title: 'Method', text: ({ request }) => request?.method ?? '' },
    {
      title: 'URL',
      text: ({ request }) => request?.url ?? '',
      cell: ({ request }) => <code>{request?.url}</code>,
    },
    { title: 'Status', text: ({ statusCode }) => statusCode ?? 'no answer' },
    { title: 'Id', text: ({ id = '' }) => id, isHidden: true },
    {
      title: 'Details',
      text: () => '',
      isExported: false,
      cell: ({ id = '' }) => {
        const isOpen = id === address.request
        return <Link to={{ ...address, request: isOpen ? '' : id }}>{isOpen ? 'Hide' : 'Show'}</Link>
      },
    },
  ]
}

function Exchange({ exchange }: { readonly exchange: HttpExchange }) {
  const { request, response } = exchange
  return (
    <div class="exchange">
      <section aria-label="Request">
        <div class="table-head">
          <h4>Request</h4>
          <CopyButton label="Copy as curl" text={() => toCurl(exchange)} />
        </div>
        <Message start={`${request?.method ?? ''} ${request?.url ?? ''}`} {...request} />
      </section>
      <section aria-label="Response">
        <div class="table-head">
          <h4>Response</h4>
        </div>
        {response == null ? (
          <p class="empty">There was no answer.</p>
        ) : (
          <Message start={`HTTP ${response.status ?? exchange.statusCode ?? ''}`} {...response} />
        )}
      </section>
    </div>
  )
}

interface MessageProperties {
  readonly start: string
  readonly headers?: readonly { readonly name?: string | null; readonly value?: string | null }[] | null
  readonly body?: string | null
}

// What is longer makes the page slow; all of it is in the export.
const MAX_BODY = 200_000

function Message({ start, headers, body }: MessageProperties) {
  const lines = (headers ?? []).map(({ name, value }) => `${name}: ${value ?? ''}`)
  const shown = toPretty(body ?? '')
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>{[start, ...lines, ...(shown === '' ? [] : ['', shown.slice(0, MAX_BODY)])].join('\n')}</pre>
      {shown.length > MAX_BODY && <p class="quiet">The rest of the body is in the export.</p>}
    </>
  )
}
