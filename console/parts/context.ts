import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Api } from '../api/client'
import type { Session } from '../session/session'

/** Who is signed in. */
export const SessionContext = createContext<Session | undefined>(undefined)

/** The client of the API. */
export const ApiContext = createContext<Api | undefined>(undefined)

/** The client of the API; only below the provider. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (api === undefined) throw new Error('This part is outside of ApiContext.')
  return api
}
