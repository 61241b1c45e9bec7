import { Agent } from 'node:http'
import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity'

/** A credential, and how to close the connections that it has open. */
export interface Closable {
  readonly credential: TokenCredential
  readonly close: () => void
}

/** The managed identity in Azure; on a laptop the developer's own sign-in (Azure Developer CLI, then Azure CLI). */
export function newCredential(clientId: string | undefined, inAzure: boolean): Closable {
  if (!inAzure) {
    const credential = new ChainedTokenCredential(new AzureDeveloperCliCredential(), new AzureCliCredential())
    return { credential, close: () => undefined }
  }
  // The platform's endpoint is plain http on this machine. The library takes no signal; closing its agent is the one
  // way to end a request that is never answered. It retries for as long as a minute; our own deadline governs.
  const agent = new Agent()
  const options = { agent, retryOptions: { maxRetries: 0 }, ...(clientId !== undefined && { clientId }) }
  return { credential: new ManagedIdentityCredential(options), close: () => agent.destroy() }
}
