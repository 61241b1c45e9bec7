import { toCustomer, toOperation } from '../address/address'
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

/** The customer of a result, by name. */
export const customer: TableColumn<Result> = {
  title: 'Customer',
  text: ({ targetTenantId = '' }) => customerName(targetTenantId),
  cell: ({ targetTenantId = '' }) => (
    <Link to={toCustomer(targetTenantId)}>
      <bdi>{customerName(targetTenantId)}</bdi>
    </Link>
  ),
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
    [exception, executionInfo, ...(result ?? [])].filter(Boolean).join('\n'),
  cell: ({ exception, executionInfo, result }) => (
    <>
      {exception !== undefined && exception !== null && <p class="exception">{exception}</p>}
      {executionInfo !== undefined && executionInfo !== null && <p class="quiet">{executionInfo}</p>}
      {(result ?? []).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  ),
}

/** A time, in UTC. */
export function Time({ of }: { readonly of: string | null | undefined }) {
  return <time dateTime={of ?? ''}>{toTime(of)}</time>
}
