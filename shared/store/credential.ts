import type { TokenCredential } from '@azure/identity'

const load = async (clientId: string | undefined, inAzure: boolean): Promise<TokenCredential> => {
  // Loaded when a token is first needed: with an account key it never is.
  const identity = await import('./identity')
  if (inAzure) return new identity.ManagedIdentityCredential(clientId === undefined ? {} : { clientId })
  return new identity.ChainedTokenCredential(
    new identity.AzureDeveloperCliCredential(),
    new identity.AzureCliCredential(),
  )
}

/** The managed identity in Azure; on a laptop the developer's own sign-in (Azure Developer CLI, then Azure CLI). */
export const lazyCredential = (clientId: string | undefined, inAzure: boolean): TokenCredential => {
  let credential: Promise<TokenCredential> | undefined
  return {
    getToken: async (scopes, options) => {
      credential ??= load(clientId, inAzure)
      return (await credential).getToken(scopes, options)
    },
  }
}
