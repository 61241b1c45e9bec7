/** How the page comes by access tokens for the API. */
export interface Session {
  /** Who is signed in, undefined for nobody. */
  readonly user: string | undefined
  /** Why nobody is signed in though somebody has just tried to. */
  readonly problem?: string | undefined
  /** An access token, undefined where the user has to sign in. `renew`: not the one that was just refused. */
  readonly token: (renew?: boolean) => Promise<string | undefined>
  /** Leaves the page for the authority and comes back to the same address. */
  readonly signIn: () => Promise<void>
  /** Undefined where there is nothing to sign out of. */
  readonly signOut?: () => Promise<void>
}

/** What the service says of itself in the page. */
export interface PageSettings {
  /** Where users sign in, with the tenant. */
  readonly authority: string
  /** The permission of the API that the console asks for. */
  readonly scope: string
  readonly clientId: string
}

/** The session, or undefined where nobody can sign in because no client is registered. */
export async function openSession(): Promise<Session | undefined> {
  const settings: PageSettings = { authority: meta('authority'), scope: meta('scope'), clientId: meta('client-id') }
  if (isLocal(settings.authority)) return (await import('./local')).localSession()
  if (settings.clientId === '') return undefined
  // Loaded only where it is needed: it is larger than everything else.
  return (await import('./entra')).entraSession(settings)
}

/** Whether `npm start` issues the tokens. */
function isLocal(authority: string): boolean {
  return /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(authority)
}

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? ''
}
