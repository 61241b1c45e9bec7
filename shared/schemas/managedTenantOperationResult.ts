import { recordProperties } from './recordProperties'
import { resource } from './resource'
import { boolean, collection, optional, string } from './types'

/** The outcome of an operation in one customer tenant. */
export const managedTenantOperationResult = resource({
  name: 'managedTenantOperationResult',
  namespace: 'microsoft.management.services.api',
  describe: 'The outcome of an operation in one customer tenant.',
  open: true,
  route: 'managedTenantOperationResults',
  // The path that existing clients use.
  alsoBelow: 'tenantRelationships/managedTenants',
  parents: {},
  container: 'managedTenantOperationResults',
  partitionKey: ['partnerTenantId', 'id'],
  permissions: { write: 'ManagedTenants.ReadWrite.All', read: 'ManagedTenants.Read.All' },
  properties: {
    ...recordProperties,
    isSuccess: boolean({ filter: true, describe: 'Whether the operation succeeded in this tenant.' }),
    exception: optional(string({ describe: 'What went wrong. Stored as it came: keep secrets out of it.' })),
    executionInfo: optional(string({ describe: 'Notes on the run. Stored as they came.' })),
    result: optional(collection(string({ describe: 'What the operation returned, line by line.' })), []),
  },
})
