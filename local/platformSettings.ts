/** What the platform reads, as `npm run func` gives it: the storage of Azurite, and what a deployment sets as well. */
export const PLATFORM_SETTINGS: Readonly<Record<string, string>> = {
  FUNCTIONS_WORKER_RUNTIME: 'node',
  FUNCTIONS_NODE_BLOCK_ON_ENTRY_POINT_ERROR: 'true',
  AzureWebJobsDisableHomepage: 'true',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
}
