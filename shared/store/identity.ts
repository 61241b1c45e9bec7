// Named imports, so that the bundle takes these credentials and leaves the others out.
export {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
} from '@azure/identity'
