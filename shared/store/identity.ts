import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity'

/** The managed identity in Azure; on a laptop the developer's own sign-in (Azure Developer CLI, then Azure CLI). */
export const newCredential = (clientId: string | undefined, inAzure: boolean): TokenCredential =>
  inAzure
    ? new ManagedIdentityCredential(clientId === undefined ? {} : { clientId })
    : new ChainedTokenCredential(new AzureDeveloperCliCredential(), new AzureCliCredential())
