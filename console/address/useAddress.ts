import { useEffect, useState } from 'preact/hooks'
import { type Address, parseAddress, toUrl } from './address'

const CHANGED = 'addresschange'

/** Goes to an address without loading the page again; `replace` leaves no step for the back button. */
export function goTo(address: Address, { replace = false } = {}): void {
  const url = toUrl(address)
  if (replace) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  dispatchEvent(new Event(CHANGED))
}

/** The address of the page, as it changes. */
export function useAddress(): Address {
  const [search, setSearch] = useState(location.search)
  useEffect(() => {
    const look = (): void => setSearch(location.search)
    for (const event of ['popstate', CHANGED]) addEventListener(event, look)
    return () => {
      for (const event of ['popstate', CHANGED]) removeEventListener(event, look)
    }
  }, [])
  return parseAddress(search)
}
