import { toCustomer } from '../address/address'
import { Link } from '../address/Link'
import type { Summary } from '../api/client'
import { customerName } from '../api/names'
import { learnCustomers } from '../api/newest'
import { rowsAtHand } from '../api/source'
import { useAnswer } from '../api/useAnswer'
import { useApi } from '../parts/context'
import { DataTable, type TableColumn } from '../parts/DataTable'
import { Export } from '../parts/Export'
import { plural } from '../text/format'

// With five requests; the others stay ids.
const NAMED = 100

const columns: readonly TableColumn<string>[] = [
  {
    title: 'Customer',
    text: customerName,
    cell: (customer) => (
      <Link to={toCustomer(customer)}>
        <bdi>{customerName(customer)}</bdi>
      </Link>
    ),
  },
  { title: 'Customer id', text: (customer) => customer, cell: (customer) => <code>{customer}</code> },
]

/** The customers that an operation should run in and has no result of. */
export function MissingCustomers({ summary: { missingTenantIds, missingCount } }: { readonly summary: Summary }) {
  const api = useApi()
  const ids = missingTenantIds ?? []
  // Draws the names when they are known.
  useAnswer(ids.join(' '), (signal) => learnCustomers(api, ids.slice(0, NAMED), signal))
  if (missingTenantIds == null || missingCount == null) return <p class="empty">Who is missing cannot be told.</p>
  if (missingCount === 0) return <p class="empty">Every customer has a result.</p>
  const shown = missingTenantIds.length < missingCount ? `, the first ${missingTenantIds.length}` : ''
  return (
    <>
      <div class="table-head">
        <p>
          {plural(missingCount, 'customer')} without a result{shown}
        </p>
        <Export name="customers-without-a-result" columns={columns} source={rowsAtHand<string>(missingTenantIds)} />
      </div>
      <DataTable
        caption="Customers without a result"
        columns={columns}
        rows={missingTenantIds}
        keyOf={(customer) => customer}
      />
    </>
  )
}
