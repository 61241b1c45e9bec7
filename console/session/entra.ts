import {
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  type IPublicClientApplication,
  ServerError,
} from '@azure/msal-browser'
import type { PageSettings, Session } from './session'

/**
 * The session of somebody who signs in with Microsoft Entra: authorization code flow with PKCE, by redirect, so that no
 * pop-up is needed. The tokens are in sessionStorage and gone with the tab.
 */
export async function entraSession({ authority, scope, clientId }: PageSettings): Promise<Session> {
  const client = await createStandardPublicClientApplication({
    auth: {
      clientId,
      authority,
      redirectUri: `${location.origin}/console`,
      postLogoutRedirectUri: `${location.origin}/console`,
    },
    cache: { cacheLocation: 'sessionStorage' },
  })
  const problem = await completeSignIn(client)
  const account = client.getActiveAccount()
  const scopes = [scope]
  return {
    user: account?.username,
    problem,
    token: (renew = false) => silentToken(client, scopes, renew),
    signIn: () => client.acquireTokenRedirect({ scopes }),
    signOut: () => client.logoutRedirect({ account }),
  }
}

// Returns to the address at which signing in began. What went wrong is what the user has to know, such as that nobody
// consented, or that it was the user who cancelled.
async function completeSignIn(client: IPublicClientApplication): Promise<string | undefined> {
  try {
    const answer = await client.handleRedirectPromise()
    client.setActiveAccount(answer?.account ?? client.getAllAccounts()[0] ?? null)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function silentToken(
  client: IPublicClientApplication,
  scopes: string[],
  renew: boolean,
): Promise<string | undefined> {
  if (client.getActiveAccount() === null) return undefined
  try {
    // Without a hidden frame, which the page's policy forbids: what a refresh token cannot do needs the user anyway.
    const cacheLookupPolicy = renew ? CacheLookupPolicy.RefreshToken : CacheLookupPolicy.AccessTokenAndRefreshToken
    return (await client.acquireTokenSilent({ scopes, cacheLookupPolicy })).accessToken
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError || isEnded(error)) return undefined
    throw error
  }
}

// A refresh token of a single-page application ends after a day, which the library leaves to the hidden frame.
function isEnded(error: unknown): boolean {
  return error instanceof ServerError && error.errorCode === 'invalid_grant'
}
