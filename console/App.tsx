import { useEffect, useMemo, useRef } from 'preact/hooks'
import { type Address, toOperations, toOverview } from './address/address'
import { Link } from './address/Link'
import { useAddress } from './address/useAddress'
import { connect } from './api/client'
import { ApiContext, SessionContext } from './parts/context'
import type { Session } from './session/session'
import { CustomersView } from './views/CustomersView'
import { CustomerView } from './views/CustomerView'
import { FailuresView } from './views/FailuresView'
import { NowhereView } from './views/NowhereView'
import { OperationsView } from './views/OperationsView'
import { OperationView } from './views/OperationView'
import { OverviewView } from './views/OverviewView'
import { NotRegistered, SignedOut } from './views/signedOut'

/** The console: what the address says, for who is signed in. */
export function App({ session }: { readonly session: Session | undefined }) {
  const address = useAddress()
  return (
    <SessionContext.Provider value={session}>
      {/* No link, since the part of an address behind # is the authority's. */}
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        Skip to the content
      </button>
      <header>
        <Link to={toOverview()} class="home">
          Partner operations ledger
        </Link>
        <nav aria-label="Views">
          <Link to={toOverview()} current={address.view === 'overview'}>
            Overview
          </Link>
          <Link to={toOperations()} current={address.view === 'operations'}>
            Operations
          </Link>
        </nav>
        <Account session={session} />
      </header>
      <Content session={session} address={address} />
    </SessionContext.Provider>
  )
}

function Content({ session, address }: { readonly session: Session | undefined; readonly address: Address }) {
  const api = useMemo(() => session && connect(session), [session])
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const place = placeOf(address)
  // A screen reader goes on reading at the new view, as it would on a new page.
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    // Who goes back is taken to where he was.
    if (history.state === null) scrollTo(0, 0)
    isFirst.current = false
  }, [place])
  return (
    <main id="content" ref={main} tabIndex={-1}>
      {session === undefined ? (
        <NotRegistered />
      ) : session.user === undefined ? (
        <SignedOut session={session} />
      ) : (
        <ApiContext.Provider value={api}>
          <View address={address} />
        </ApiContext.Provider>
      )}
    </main>
  )
}

// Where the reader is: another place is read from its start. What only narrows or opens something is no other place.
function placeOf(address: Address): string {
  const {
    view,
    operation = '',
    customer = '',
    page = '',
    requestsPage = '',
  }: Readonly<Record<string, string>> = { ...address }
  return JSON.stringify([view, operation, customer, page, requestsPage])
}

function View({ address }: { readonly address: Address }) {
  switch (address.view) {
    case 'overview':
      return <OverviewView address={address} />
    case 'customers':
      return <CustomersView address={address} />
    case 'failures':
      return <FailuresView address={address} />
    case 'operations':
      return <OperationsView address={address} />
    case 'operation':
      return <OperationView address={address} />
    case 'customer':
      return <CustomerView address={address} />
    case 'nowhere':
      return <NowhereView />
  }
}

function Account({ session }: { readonly session: Session | undefined }) {
  if (session?.user === undefined) return null
  return (
    <div class="account">
      <bdi>{session.user}</bdi>
      {session.signOut !== undefined && (
        <button type="button" onClick={() => void session.signOut?.()}>
          Sign out
        </button>
      )}
    </div>
  )
}
