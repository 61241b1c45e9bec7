import { type FailuresAddress, type Period, toFailures } from '../address/address'
import type { Result } from '../api/client'
import { resultsIn } from '../api/records'
import * as columns from '../parts/columns'
import { useApi } from '../parts/context'
import type { TableColumn } from '../parts/DataTable'
import { PagedTable } from '../parts/PagedTable'
import { PeriodChoice } from '../parts/PeriodChoice'
import { Title } from '../parts/Title'

/** Every failure in a period, the newest first. */
export function FailuresView({ address: { period, page } }: { readonly address: FailuresAddress }) {
  return (
    <>
      <Title text="Failures">
        <PeriodChoice period={period} to={toFailures} />
      </Title>
      <PagedTable
        caption="Failures"
        noun="failure"
        of={period}
        file={`failures-${period}`}
        source={resultsIn(useApi(), period, '', 'failed')}
        columns={columnsOf(period)}
        keyOf={({ id = '' }) => id}
        page={page}
        toPage={(next) => toFailures(period, next)}
        empty="Nothing failed in this period."
      />
    </>
  )
}

function columnsOf(period: Period): readonly TableColumn<Result>[] {
  return [
    columns.time,
    columns.customer(period),
    columns.customerId,
    columns.operation,
    columns.operationId,
    columns.text,
  ]
}
