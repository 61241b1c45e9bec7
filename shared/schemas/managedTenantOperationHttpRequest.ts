import { httpRequest, httpResponse } from './httpMessage'
import { recordProperties } from './recordProperties'
import { resource } from './resource'
import { int32, optional } from './types'

/** One HTTP request that an operation made to a customer tenant, and its response. */
export const managedTenantOperationHttpRequest = resource({
  name: 'managedTenantOperationHttpRequest',
  namespace: 'microsoft.management.services.api',
  describe: 'One HTTP request that an operation made to a customer tenant, and its response.',
  open: true,
  route: 'managedTenantOperationHttpRequests',
  // The path that existing clients use.
  alsoBelow: 'tenantRelationships/managedTenants',
  parents: {},
  container: 'managedTenantOperationHttpRequests',
  partitionKey: ['partnerTenantId', 'id'],
  permissions: { write: 'ManagedTenants.ReadWrite.All', read: 'ManagedTenants.Read.All' },
  properties: {
    ...recordProperties,
    attempt: int32({ minimum: 0, filter: true, describe: 'Number of the attempt, from 0.' }),
    statusCode: optional(int32({ filter: true, describe: 'HTTP status of the response; null where there was none.' })),
    request: { ...httpRequest, describe: 'The request as it was sent, secrets replaced by [redacted].' },
    response: optional({
      ...httpResponse,
      describe: 'The response, secrets replaced by [redacted]; null where there was none.',
    }),
  },
})
