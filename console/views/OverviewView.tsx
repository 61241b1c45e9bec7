import { type OverviewAddress, type Period, toCustomer, toOverview } from '../address/address'
import { Link } from '../address/Link'
import { customerName } from '../api/names'
import { askCustomers, askDays, askFailures, type CustomerFailures, type Day } from '../api/overview'
import { rowsAtHand } from '../api/records'
import { useAnswer } from '../api/useAnswer'
import { Answered } from '../parts/Answered'
import * as columns from '../parts/columns'
import { useApi } from '../parts/context'
import { DataTable } from '../parts/DataTable'
import { DayBars } from '../parts/DayBars'
import { Export } from '../parts/Export'
import { PeriodChoice } from '../parts/PeriodChoice'
import { Title } from '../parts/Title'
import type { Column } from '../text/csv'
import { plural, toNumber, toPercent } from '../text/format'

/** What happened in a period: how much, where, and the newest failures. */
export function OverviewView({ address: { period } }: { readonly address: OverviewAddress }) {
  return (
    <>
      <Title text="What happened">
        <PeriodChoice period={period} to={toOverview} />
      </Title>
      <Days period={period} />
      <Customers period={period} />
      <NewestFailures period={period} />
    </>
  )
}

function Days({ period }: { readonly period: Period }) {
  const api = useApi()
  const answer = useAnswer(period, (signal) => askDays(api, period, signal))
  return (
    <section aria-label="Days">
      <Answered answer={answer} what="the days">
        {(days) => (
          <>
            <Totals days={days} />
            <DayBars days={days} />
          </>
        )}
      </Answered>
    </section>
  )
}

function Totals({ days }: { readonly days: readonly Day[] }) {
  const sum = (of: (day: Day) => number): number => days.reduce((total, day) => total + of(day), 0)
  const failed = sum((day) => day.failed)
  const results = failed + sum((day) => day.succeeded)
  const totals: readonly (readonly [name: string, value: string])[] = [
    ['Failure rate', toPercent(failed, results)],
    ['Failures', toNumber(failed)],
    ['Results', toNumber(results)],
    ['Operations', toNumber(sum(({ operations = 0 }) => operations))],
  ]
  return (
    <dl class="totals">
      {totals.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const customerColumns: readonly Column<CustomerFailures>[] = [
  { title: 'Customer', text: ({ customer }) => customerName(customer) },
  { title: 'Customer id', text: ({ customer }) => customer },
  { title: 'Failures', text: ({ failed }) => failed },
  { title: 'Results', text: ({ results }) => results },
  { title: 'Newest failure', text: ({ exception }) => exception },
]

function Customers({ period }: { readonly period: Period }) {
  const api = useApi()
  const answer = useAnswer(period, (signal) => askCustomers(api, period, signal))
  return (
    <section aria-labelledby="customers">
      <h2 id="customers">Customers with the most failures</h2>
      <Answered answer={answer} what="the customers">
        {({ top, customers }) =>
          top.length === 0 ? (
            <p class="empty">Nothing failed in this period.</p>
          ) : (
            <>
              <div class="table-head">
                <p>
                  {plural(customers, 'customer')} with failures{customers > top.length && `, the first ${top.length}`}
                </p>
                <Export name={`customers-${period}`} columns={customerColumns} source={rowsAtHand(top)} />
              </div>
              <CustomerBars top={top} period={period} />
            </>
          )
        }
      </Answered>
    </section>
  )
}

function CustomerBars({ top, period }: { readonly top: readonly CustomerFailures[]; readonly period: Period }) {
  const largest = Math.max(...top.map(({ failed }) => failed))
  return (
    <ol class="customer-bars">
      {top.map(({ customer, failed, results, exception }) => (
        <li key={customer}>
          <Link to={toCustomer(customer, period, 'failed')}>
            <bdi>{customerName(customer)}</bdi>
          </Link>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="failed" height="10" width={(failed / largest) * 100} />
          </svg>
          <span class="count">
            <b>{toNumber(failed)}</b> of {plural(results, 'result')} failed
          </span>
          {exception !== '' && (
            <p class="exception">
              <span class="quiet">Newest:</span> {exception}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

const failureColumns = [columns.time, columns.customer, columns.customerId, columns.operation, columns.text]

function NewestFailures({ period }: { readonly period: Period }) {
  const api = useApi()
  const answer = useAnswer(period, (signal) => askFailures(api, period, signal))
  return (
    <section aria-labelledby="failures">
      <h2 id="failures">Newest failures</h2>
      <Answered answer={answer} what="the newest failures">
        {(failures) =>
          failures.length === 0 ? (
            <p class="empty">Nothing failed in this period.</p>
          ) : (
            <>
              <div class="table-head">
                <Export name={`failures-${period}`} columns={failureColumns} source={rowsAtHand(failures)} />
              </div>
              <DataTable
                caption="Newest failures"
                columns={failureColumns}
                rows={failures}
                keyOf={({ id = '' }) => id}
              />
            </>
          )
        }
      </Answered>
    </section>
  )
}
