import { httpRequest, httpResponse } from './httpMessage'
import { resource } from './resource'
import { dateTime, guid, id, int32, optional, reference } from './types'

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
    id: id({ describe: 'Id of the record.' }),
    partnerTenantId: guid({ tenant: true, describe: 'The tenant of the partner, which must be that of the token.' }),
    partnerUserId: guid({
      filter: true,
      describe: 'The user of the partner on whose behalf it ran, as the caller says.',
    }),
    targetTenantId: guid({ filter: true, describe: 'The customer tenant that the request was made to.' }),
    managedTenantOperationId: reference({
      immutable: true,
      filter: true,
      describe: 'Id of the operation. It cannot be changed.',
    }),
    requestId: guid({ filter: true, describe: "Id of the partner's own request that led to this one." }),
    createdDateTime: dateTime({ computed: true, filter: true, order: true, describe: 'When it was created.' }),
    lastModifiedDateTime: dateTime({
      computed: true,
      filter: true,
      order: true,
      describe: 'When it was last changed.',
    }),
    attempt: int32({ minimum: 0, filter: true, describe: 'Number of the attempt, from 0.' }),
    statusCode: optional(int32({ filter: true, describe: 'HTTP status of the response; null where there was none.' })),
    request: { ...httpRequest, describe: 'The request as it was sent, secrets replaced by [redacted].' },
    response: optional({
      ...httpResponse,
      describe: 'The response, secrets replaced by [redacted]; null where there was none.',
    }),
  },
})
