import { type OperationAddress, toOperation } from '../address/address'
import { Link } from '../address/Link'
import type { Result, Summary } from '../api/client'
import { resultsOf } from '../api/records'
import { Badge } from '../parts/Badge'
import * as columns from '../parts/columns'
import { useApi } from '../parts/context'
import type { TableColumn } from '../parts/DataTable'
import { PagedTable } from '../parts/PagedTable'

interface OperationResultsProperties {
  readonly address: OperationAddress
  /** Undefined while it is awaited. */
  readonly summary: Summary | undefined
}

/** The results of an operation, of all customers or the one that the address names. */
export function OperationResults({ address, summary }: OperationResultsProperties) {
  const { operation, outcome, page, customer } = address
  return (
    <PagedTable
      caption="Results"
      noun="result"
      of={`${operation} ${outcome} ${customer}`}
      file={`results-${operation}`}
      source={resultsOf(useApi(), operation, outcome, customer)}
      columns={resultColumns(address, summary)}
      keyOf={({ id = '' }) => id}
      page={page}
      toPage={(next) => ({ ...address, page: next })}
      empty={outcome === 'all' ? 'There is no result.' : `No result has ${outcome}.`}
    />
  )
}

function resultColumns({ operation, customer }: OperationAddress, summary: Summary | undefined): TableColumn<Result>[] {
  const requests: TableColumn<Result> = {
    title: 'HTTP requests',
    text: () => '',
    cell: ({ targetTenantId = '' }) => <Link to={toOperation(operation, targetTenantId)}>Show</Link>,
    isExported: false,
  }
  return [
    columns.time,
    ...(customer === '' ? [columns.customer('month')] : []),
    columns.customerId,
    { ...columns.outcome, cell: (row) => <OutcomeCell row={row} summary={summary} /> },
    columns.text,
    ...(customer === '' ? [requests] : []),
  ]
}

// Of several results of a customer the newest counts, and only the summary knows which that is.
function OutcomeCell({
  row: { isSuccess, targetTenantId },
  summary,
}: {
  readonly row: Result
  readonly summary: Summary | undefined
}) {
  const { failures = [], failedCount = 0, isPartial } = summary ?? {}
  const isKnown = summary !== undefined && isPartial === false && failures.length === failedCount
  const isFailed = failures.some(({ tenantId }) => tenantId === targetTenantId)
  return (
    <>
      <Badge isSuccess={isSuccess} />
      {isKnown && isFailed === isSuccess && <p class="quiet">{isSuccess ? 'later failed' : 'later succeeded'}</p>}
    </>
  )
}
