import { type OperationAddress, type Outcome, outcomes, toCustomer, toOperation } from '../address/address'
import type { Operation, Summary } from '../api/client'
import { customerName } from '../api/names'
import { learnCustomers } from '../api/newest'
import { askOperation, askSummary } from '../api/records'
import { useAnswer } from '../api/useAnswer'
import { Answered } from '../parts/Answered'
import { Choice } from '../parts/Choice'
import * as columns from '../parts/columns'
import { useApi } from '../parts/context'
import { Title } from '../parts/Title'
import { Exchanges } from './Exchanges'
import { MissingCustomers } from './MissingCustomers'
import { OperationResults } from './OperationResults'
import { targetText } from './OperationsView'
import { SummaryBar } from './SummaryBar'

/** One operation: what became of it at each customer, and the HTTP requests that it made there. */
export function OperationView({ address }: { readonly address: OperationAddress }) {
  const api = useApi()
  const { operation: id } = address
  const operation = useAnswer(id, (signal) => askOperation(api, id, signal))
  const name = operation.state === 'ready' ? operation.value.name : undefined
  return (
    <>
      <Title text={name ?? 'Operation'} />
      <Answered answer={operation} what="this operation">
        {(value) => (
          <>
            <Facts operation={value} />
            <Outcomes address={address} />
          </>
        )}
      </Answered>
    </>
  )
}

function Facts({ operation }: { readonly operation: Operation }) {
  const { id, description, status, createdDateTime, createdBy, target } = operation
  const by = createdBy?.user?.displayName ?? createdBy?.application?.displayName ?? createdBy?.application?.id
  return (
    <>
      {description && <p class="lead">{description}</p>}
      <dl class="facts">
        <Fact name="Status" value={status ?? ''} />
        <Fact name="Target" value={targetText(target)} />
        <Fact name="Created (UTC)" value={<columns.Time of={createdDateTime} />} />
        {by !== undefined && by !== null && <Fact name="By" value={by} />}
        <Fact name="Id" value={<code>{id}</code>} />
      </dl>
    </>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  )
}

function Outcomes({ address }: { readonly address: OperationAddress }) {
  const api = useApi()
  const { operation, customer, outcome } = address
  const answer = useAnswer(operation, (signal) => askSummary(api, operation, signal))
  const summary = answer.state === 'ready' ? answer.value : undefined
  return (
    <>
      <section aria-label="Summary">
        <Answered answer={answer} what="the summary">
          {(value) => <SummaryBar summary={value} />}
        </Answered>
      </section>
      {customer !== '' ? (
        <AtCustomer address={address} summary={summary} />
      ) : (
        <section aria-labelledby="results">
          <h2 id="results">Results</h2>
          <Choice label="Outcome" options={outcomeOptions(address)} />
          {outcome === 'missing' ? (
            <Answered answer={answer} what="the missing customers">
              {(value) => <MissingCustomers summary={value} />}
            </Answered>
          ) : (
            <OperationResults address={address} summary={summary} />
          )}
        </section>
      )}
    </>
  )
}

const names: Readonly<Record<Outcome, string>> = {
  all: 'All',
  failed: 'Failed',
  succeeded: 'Succeeded',
  missing: 'No result',
}

function outcomeOptions({ operation, outcome }: OperationAddress) {
  return outcomes.map((value) => ({
    name: names[value],
    to: toOperation(operation, '', value),
    current: value === outcome,
  }))
}

interface PartProperties {
  readonly address: OperationAddress
  readonly summary: Summary | undefined
}

function AtCustomer({ address, summary }: PartProperties) {
  const api = useApi()
  const { operation, customer } = address
  // Draws the name when it is known.
  useAnswer(customer, (signal) => learnCustomers(api, [customer], signal))
  return (
    <section aria-labelledby="customer">
      <h2 id="customer">
        At <bdi>{customerName(customer)}</bdi>
      </h2>
      <Choice
        label="Also"
        options={[
          { name: 'All customers of this operation', to: toOperation(operation), current: false },
          { name: 'Everything at this customer', to: toCustomer(customer, 'month'), current: false },
        ]}
      />
      <OperationResults address={address} summary={summary} />
      <Exchanges address={address} />
    </section>
  )
}
