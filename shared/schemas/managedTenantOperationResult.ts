import { resource } from './resource'
import { boolean, collection, dateTime, guid, id, optional, reference, string } from './types'

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
    id: id({ describe: 'Id of the result.' }),
    partnerTenantId: guid({ tenant: true, describe: 'The tenant of the partner, which must be that of the token.' }),
    partnerUserId: guid({
      filter: true,
      describe: 'The user of the partner on whose behalf it ran, as the caller says.',
    }),
    targetTenantId: guid({ filter: true, describe: 'The customer tenant.' }),
    managedTenantOperationId: reference({
      immutable: true,
      filter: true,
      describe: 'Id of the operation. It cannot be changed.',
    }),
    requestId: guid({ filter: true, describe: "Id of the partner's own request that led to the result." }),
    createdDateTime: dateTime({ computed: true, filter: true, order: true, describe: 'When it was created.' }),
    lastModifiedDateTime: dateTime({
      computed: true,
      filter: true,
      order: true,
      describe: 'When it was last changed.',
    }),
    isSuccess: boolean({ filter: true, describe: 'Whether the operation succeeded in this tenant.' }),
    exception: optional(string({ describe: 'What went wrong. Stored as it came: keep secrets out of it.' })),
    executionInfo: optional(string({ describe: 'Notes on the run. Stored as they came.' })),
    result: optional(collection(string({ describe: 'What the operation returned, line by line.' })), []),
  },
})
