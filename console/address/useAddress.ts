import { useEffect, useState } from 'preact/hooks'
import { type Address, parseAddress, toUrl } from './address'
import { keepScroll, restoreScroll } from './scroll'

const CHANGED = 'addresschange'

/** Goes to an address without loading the page again. */
export function goTo(address: Address): void {
  keepScroll()
  history.pushState(null, '', toUrl(address))
  dispatchEvent(new Event(CHANGED))
}

/** The address of the page, as it changes. */
export function useAddress(): Address {
  const [search, setSearch] = useState(location.search)
  useEffect(() => {
    const look = (): void => setSearch(location.search)
    const back = (): void => {
      look()
      restoreScroll()
    }
    history.scrollRestoration = 'manual'
    restoreScroll()
    addEventListener(CHANGED, look)
    addEventListener('popstate', back)
    return () => {
      removeEventListener(CHANGED, look)
      removeEventListener('popstate', back)
    }
  }, [])
  return parseAddress(search)
}
