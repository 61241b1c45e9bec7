import type { Session } from './session'

/** The session of a local run, which gives its own pages a token. */
export async function localSession(): Promise<Session> {
  let token = await fetchToken()
  return {
    user: 'Local run',
    token: async (renew = false) => {
      if (renew) token = await fetchToken()
      return token
    },
    signIn: async () => location.reload(),
  }
}

async function fetchToken(): Promise<string | undefined> {
  const response = await fetch('/.local/token')
  const text = response.ok ? (await response.text()).trim() : ''
  return text === '' ? undefined : text
}
