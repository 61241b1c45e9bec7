/** Settings of the platform for `npm run func`: Azurite as storage, and those that a deployment sets. */
export const PLATFORM_SETTINGS: Readonly<Record<string, string>> = {
  FUNCTIONS_WORKER_RUNTIME: 'node',
  FUNCTIONS_NODE_BLOCK_ON_ENTRY_POINT_ERROR: 'true',
  AzureWebJobsDisableHomepage: 'true',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
}
