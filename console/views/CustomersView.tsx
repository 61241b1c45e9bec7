import { type CustomersAddress, type Period, toCustomer, toCustomers } from '../address/address'
import { Link } from '../address/Link'
import { type FailingCustomer, failingCustomers } from '../api/failingCustomers'
import { customerName } from '../api/names'
import { useApi } from '../parts/context'
import type { TableColumn } from '../parts/DataTable'
import { PagedTable } from '../parts/PagedTable'
import { PeriodChoice } from '../parts/PeriodChoice'
import { ReasonText } from '../parts/ReasonText'
import { Title } from '../parts/Title'

/** Every customer with failures in a period. */
export function CustomersView({ address: { period, page } }: { readonly address: CustomersAddress }) {
  return (
    <>
      <Title text="Customers with failures">
        <PeriodChoice period={period} to={toCustomers} />
      </Title>
      <PagedTable
        caption="Customers with failures"
        noun="customer"
        of={period}
        file={`failing-customers-${period}`}
        source={failingCustomers(useApi(), period)}
        columns={columnsOf(period)}
        keyOf={({ customer }) => customer}
        page={page}
        toPage={(next) => toCustomers(period, next)}
        empty="Nothing failed in this period."
      />
    </>
  )
}

function columnsOf(period: Period): readonly TableColumn<FailingCustomer>[] {
  return [
    {
      title: 'Customer',
      text: ({ customer }) => customerName(customer),
      cell: ({ customer }) => (
        <Link to={toCustomer(customer, period, 'failed')}>
          <bdi>{customerName(customer)}</bdi>
        </Link>
      ),
    },
    { title: 'Customer id', text: ({ customer }) => customer, isHidden: true },
    { title: 'Failures', text: ({ failed }) => failed },
    { title: 'Results', text: ({ results }) => results },
    {
      title: 'Most common reason',
      text: ({ reason }) => reason?.exception ?? '',
      cell: ({ reason }) => <ReasonText reason={reason} />,
    },
  ]
}
