import { type OperationsAddress, toOperation, toOperations } from '../address/address'
import { Link } from '../address/Link'
import { goTo } from '../address/useAddress'
import type { Operation } from '../api/client'
import { askStatuses, type CountedOperation, operations } from '../api/records'
import { useAnswer } from '../api/useAnswer'
import { Time } from '../parts/columns'
import { useApi } from '../parts/context'
import type { TableColumn } from '../parts/DataTable'
import { PagedTable } from '../parts/PagedTable'
import { Title } from '../parts/Title'
import { plural, toNumber, toTime } from '../text/format'

const columns: readonly TableColumn<CountedOperation>[] = [
  {
    title: 'Created (UTC)',
    text: ({ createdDateTime }) => toTime(createdDateTime),
    cell: ({ createdDateTime }) => <Time of={createdDateTime} />,
  },
  {
    title: 'Name',
    text: ({ name = '' }) => name,
    cell: ({ id = '', name }) => (
      <Link to={toOperation(id)}>
        <bdi>{name}</bdi>
      </Link>
    ),
  },
  { title: 'Status', text: ({ status }) => status ?? '' },
  { title: 'Target', text: ({ target }) => targetText(target) },
  {
    title: 'Failed results',
    text: ({ failed }) => failed,
    cell: ({ failed, results }) => (
      <>
        <span class={failed > 0 ? 'problem' : 'quiet'}>{toNumber(failed)}</span>{' '}
        <span class="quiet">of {toNumber(results)}</span>
      </>
    ),
  },
  { title: 'Results', text: ({ results }) => results, isHidden: true },
  { title: 'Id', text: ({ id = '' }) => id, isHidden: true },
]

/** The operations, the newest first, by name and status. */
export function OperationsView({ address }: { readonly address: OperationsAddress }) {
  const { name, status, page } = address
  const isFiltered = name !== '' || status !== ''
  return (
    <>
      <Title text="Operations" />
      <Filters key={`${name} ${status}`} address={address} />
      <PagedTable
        caption="Operations"
        noun="operation"
        of={`${name} ${status}`}
        file="operations"
        source={operations(useApi(), name, status)}
        columns={columns}
        keyOf={({ id = '' }) => id}
        page={page}
        toPage={(next) => ({ ...address, page: next })}
        empty={isFiltered ? 'No operation has this name and status.' : 'No operation has been recorded yet.'}
      />
    </>
  )
}

function Filters({ address }: { readonly address: OperationsAddress }) {
  const api = useApi()
  const statuses = useAnswer('', (signal) => askStatuses(api, signal))
  const known = statuses.state === 'ready' ? statuses.value : []
  const options = [...new Set([...known, ...(address.status === '' ? [] : [address.status])])]
  const apply = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const values = new FormData(event.currentTarget)
    const value = (field: string): string => String(values.get(field) ?? '')
    goTo({ ...address, name: value('name').trim(), status: value('status'), page: '' })
  }
  return (
    <search>
      <form class="filters" onSubmit={apply}>
        <label>
          Name contains <input name="name" type="search" maxLength={256} defaultValue={address.name} />
        </label>
        <label>
          Status{' '}
          <select name="status">
            <option value="">Any</option>
            {options.map((option) => (
              <option key={option} value={option} selected={option === address.status}>
                {option}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Apply</button>
        {(address.name !== '' || address.status !== '') && <Link to={toOperations()}>Clear</Link>}
      </form>
    </search>
  )
}

/** The customers that an operation runs in, in words. */
export function targetText(target: Operation['target']): string {
  if (target?.allTenants === true) return 'All customers'
  const count = new Set(target?.tenantIds ?? []).size
  return count === 0 ? 'No customer named' : plural(count, 'customer')
}
