import * as z from 'zod'
import { httpRequest, httpResponse } from './httpMessage'
import { resource } from './resource'
import { rules } from './rules'
import { dateTime, guid, int32, optional, text } from './types'

/** One HTTP request that an operation made to a customer tenant, and what came back. */
export const managedTenantOperationHttpRequest = resource({
  name: 'managedTenantOperationHttpRequest',
  namespace: 'microsoft.management.services.api',
  route: 'managedTenantOperationHttpRequests',
  parents: () => ({}),
  context: '$metadata#managedTenantOperationHttpRequests',
  container: 'managedTenantOperationHttpRequests',
  partitionKey: ['partnerTenantId', 'id'],
  permissions: { write: 'ManagedTenants.ReadWrite.All', read: 'ManagedTenants.Read.All' },
  schema: () =>
    z.looseObject({
      id: guid().register(rules, { computed: true, filter: true }),
      partnerTenantId: guid().register(rules, { tenant: true }),
      partnerUserId: guid().register(rules, { filter: true }),
      targetTenantId: guid().register(rules, { filter: true }),
      managedTenantOperationId: text().register(rules, { immutable: true, filter: true }),
      requestId: guid().register(rules, { filter: true }),
      createdDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
      lastModifiedDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
      attempt: int32(0).register(rules, { filter: true }),
      statusCode: optional(int32()).register(rules, { filter: true }),
      request: httpRequest(),
      response: optional(httpResponse()),
    }),
})

/** A managedTenantOperationHttpRequest as it is stored and answered. */
export type ManagedTenantOperationHttpRequest = z.infer<typeof managedTenantOperationHttpRequest.schema>
