import {
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  type IPublicClientApplication,
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
  // Returns to the address at which signing in began.
  const answer = await client.handleRedirectPromise()
  const account = answer?.account ?? client.getAllAccounts()[0] ?? null
  client.setActiveAccount(account)
  const scopes = [scope]
  return {
    user: account?.username,
    token: (renew = false) => silentToken(client, scopes, renew),
    signIn: () => client.acquireTokenRedirect({ scopes }),
    signOut: () => client.logoutRedirect({ account }),
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
    if (error instanceof InteractionRequiredAuthError) return undefined
    throw error
  }
}
