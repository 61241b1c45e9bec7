import { type OverviewAddress, type Period, toCustomer, toCustomers, toFailures, toOverview } from '../address/address'
import { Link } from '../address/Link'
import { askDays, type Day } from '../api/days'
import { type FailingCustomer, failingCustomers } from '../api/failingCustomers'
import { customerName } from '../api/names'
import { resultsIn } from '../api/records'
import { useAnswer } from '../api/useAnswer'
import { Answered } from '../parts/Answered'
import * as columns from '../parts/columns'
import { useApi } from '../parts/context'
import { DataTable } from '../parts/DataTable'
import { DayBars } from '../parts/DayBars'
import { PeriodChoice } from '../parts/PeriodChoice'
import { ReasonText } from '../parts/ReasonText'
import { Title } from '../parts/Title'
import { plural, toNumber, toPercent } from '../text/format'

const TOP_CUSTOMERS = 8
const TOP_FAILURES = 10

/** What happened in a period: how much, where, and the newest failures. */
export function OverviewView({ address: { period } }: { readonly address: OverviewAddress }) {
  return (
    <>
      <Title text="Overview">
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
      <Answered answer={answer} what="the charts">
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

function Customers({ period }: { readonly period: Period }) {
  const api = useApi()
  const first = { size: TOP_CUSTOMERS, position: '', isCounted: true }
  const answer = useAnswer(period, (signal) => failingCustomers(api, period)(first, signal))
  return (
    <section aria-labelledby="customers">
      <h2 id="customers">Customers with the most failures</h2>
      <Answered answer={answer} what="the customers">
        {({ rows, total = 0 }) =>
          rows.length === 0 ? (
            <p class="empty">Nothing failed in this period.</p>
          ) : (
            <>
              <CustomerBars top={rows} period={period} />
              <p>
                <Link to={toCustomers(period)}>
                  {total === 1 ? 'The customer' : `All ${plural(total, 'customer')}`} with failures
                </Link>
              </p>
            </>
          )
        }
      </Answered>
    </section>
  )
}

function CustomerBars({ top, period }: { readonly top: readonly FailingCustomer[]; readonly period: Period }) {
  const most = Math.max(...top.map(({ failed }) => failed))
  return (
    <ol class="customer-bars">
      {top.map(({ customer, failed, results, reason }) => (
        <li key={customer}>
          <Link to={toCustomer(customer, period, 'failed')}>
            <bdi>{customerName(customer)}</bdi>
          </Link>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="failed" height="10" width={(failed / most) * 100} />
          </svg>
          <span class="count">
            <b>{toNumber(failed)}</b> of {plural(results, 'result')} failed
          </span>
          <ReasonText reason={reason} />
        </li>
      ))}
    </ol>
  )
}

function NewestFailures({ period }: { readonly period: Period }) {
  const api = useApi()
  const first = { size: TOP_FAILURES, position: '', isCounted: true }
  const answer = useAnswer(period, (signal) => resultsIn(api, period, '', 'failed')(first, signal))
  return (
    <section aria-labelledby="failures">
      <h2 id="failures">Newest failures</h2>
      <Answered answer={answer} what="the newest failures">
        {({ rows, total = 0 }) =>
          rows.length === 0 ? (
            <p class="empty">Nothing failed in this period.</p>
          ) : (
            <>
              <DataTable
                caption="Newest failures"
                columns={[columns.time, columns.customer(period), columns.operation, columns.text]}
                rows={rows}
                keyOf={({ id = '' }) => id}
              />
              <p>
                <Link to={toFailures(period)}>{total === 1 ? 'The failure' : `All ${plural(total, 'failure')}`}</Link>
              </p>
            </>
          )
        }
      </Answered>
    </section>
  )
}
