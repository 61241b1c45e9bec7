import { type CustomerAddress, type Outcome, toCustomer } from '../address/address'
import { askResultDays } from '../api/days'
import { customerName } from '../api/names'
import { learnCustomers } from '../api/newest'
import { resultsIn } from '../api/records'
import { useAnswer } from '../api/useAnswer'
import { Answered } from '../parts/Answered'
import { Choice } from '../parts/Choice'
import * as columns from '../parts/columns'
import { useApi } from '../parts/context'
import { DayBars } from '../parts/DayBars'
import { PagedTable } from '../parts/PagedTable'
import { PeriodChoice } from '../parts/PeriodChoice'
import { Title } from '../parts/Title'

/** Everything that was done at one customer in a period. */
export function CustomerView({ address }: { readonly address: CustomerAddress }) {
  const api = useApi()
  const { customer, period, outcome } = address
  // Draws the name when it is known.
  useAnswer(customer, (signal) => learnCustomers(api, [customer], signal))
  const days = useAnswer(`${customer} ${period}`, (signal) => askResultDays(api, period, customer, signal))
  return (
    <>
      <Title text={customerName(customer)}>
        <PeriodChoice period={period} to={(value) => toCustomer(customer, value, outcome)} />
      </Title>
      <p class="quiet">
        Customer tenant <code>{customer}</code>
      </p>
      <section aria-label="Days">
        <Answered answer={days} what="the days">
          {(value) => <DayBars days={value} />}
        </Answered>
      </section>
      <section aria-labelledby="results">
        <h2 id="results">Results</h2>
        <Results address={address} />
      </section>
    </>
  )
}

const outcomes: readonly (readonly [Outcome, string])[] = [
  ['all', 'All'],
  ['failed', 'Failed'],
  ['succeeded', 'Succeeded'],
]
const resultColumns = [columns.time, columns.operation, columns.operationId, columns.outcome, columns.text]

function Results({ address }: { readonly address: CustomerAddress }) {
  const { customer, period, outcome, page } = address
  const options = outcomes.map(([value, name]) => ({
    name,
    to: { ...address, outcome: value, page: '' },
    current: value === outcome,
  }))
  return (
    <>
      <Choice label="Outcome" options={options} />
      <PagedTable
        caption="Results"
        noun="result"
        of={`${customer} ${period} ${outcome}`}
        file={`results-${customer}-${period}`}
        source={resultsIn(useApi(), period, customer, outcome)}
        columns={resultColumns}
        keyOf={({ id = '' }) => id}
        page={page}
        toPage={(next) => ({ ...address, page: next })}
        empty="Nothing was done at this customer in this period."
      />
    </>
  )
}
