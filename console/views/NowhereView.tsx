import { toOperations, toOverview } from '../address/address'
import { Link } from '../address/Link'
import { Title } from '../parts/Title'

/** An address that names nothing. */
export function NowhereView() {
  return (
    <>
      <Title text="There is nothing at this address" />
      <p>An operation and a customer are named by their ids, which look like 6d2f8a41-93b7-4c05-a8e6-2b71d94f0c53.</p>
      <p>
        <Link to={toOverview()}>Overview</Link> · <Link to={toOperations()}>Operations</Link>
      </p>
    </>
  )
}
