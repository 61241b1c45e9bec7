import { type Period, toCustomer, toOperation } from '../address/address'
import { Link } from '../address/Link'
import type { Result } from '../api/client'
import { customerName, operationName } from '../api/names'
import { toTime } from '../text/format'
import { Badge } from './Badge'
import type { TableColumn } from './DataTable'

/** When a result came in. */
export const time: TableColumn<Result> = {
  title: 'Time (UTC)',
  text: ({ createdDateTime }) => toTime(createdDateTime),
  cell: ({ createdDateTime }) => <Time of={createdDateTime} />,
}

/** The customer of a result, by name; leads to what was done there in a period. */
export function customer(period: Period = 'week'): TableColumn<Result> {
  return {
    title: 'Customer',
    text: ({ targetTenantId = '' }) => customerName(targetTenantId),
    cell: ({ targetTenantId = '' }) => (
      <Link to={toCustomer(targetTenantId, period)}>
        <bdi>{customerName(targetTenantId)}</bdi>
      </Link>
    ),
  }
}

/** The id of a result's customer, for exports. */
export const customerId: TableColumn<Result> = {
  title: 'Customer id',
  text: ({ targetTenantId = '' }) => targetTenantId,
  isHidden: true,
}

/** The operation that a result belongs to, with that customer's HTTP requests. */
export const operation: TableColumn<Result> = {
  title: 'Operation',
  text: ({ managedTenantOperationId = '' }) => operationName(managedTenantOperationId),
  cell: ({ managedTenantOperationId = '', targetTenantId = '' }) => (
    <Link to={toOperation(managedTenantOperationId, targetTenantId)}>
      <bdi>{operationName(managedTenantOperationId)}</bdi>
    </Link>
  ),
}

/** The id of a result's operation, for exports. */
export const operationId: TableColumn<Result> = {
  title: 'Operation id',
  text: ({ managedTenantOperationId = '' }) => managedTenantOperationId,
  isHidden: true,
}

/** Whether a result is a success. */
export const outcome: TableColumn<Result> = {
  title: 'Outcome',
  text: ({ isSuccess }) => (isSuccess === true ? 'Succeeded' : 'Failed'),
  cell: ({ isSuccess }) => <Badge isSuccess={isSuccess} />,
}

/** What went wrong, or what the operation returned. */
export const text: TableColumn<Result> = {
  title: 'What happened',
  text: ({ exception, executionInfo, result }) =>
    [exception, ...(result ?? []), executionInfo].filter(Boolean).join('\n'),
  cell: ({ exception, executionInfo, result }) => (
    <>
      {exception !== undefined && exception !== null && <p class="exception">{exception}</p>}
      {(result ?? []).map((line) => (
        <p key={line}>{line}</p>
      ))}
      {executionInfo !== undefined && executionInfo !== null && <p class="quiet">{executionInfo}</p>}
    </>
  ),
}

/** A time, in UTC. */
export function Time({ of }: { readonly of: string | null | undefined }) {
  return <time dateTime={of ?? ''}>{toTime(of)}</time>
}
