import * as z from 'zod'
import { resource } from './resource'
import { rules } from './rules'
import { boolean, collection, dateTime, guid, optional, string, text } from './types'

/** What an operation came to in one customer tenant. */
export const managedTenantOperationResult = resource({
  name: 'managedTenantOperationResult',
  namespace: 'microsoft.management.services.api',
  route: 'managedTenantOperationResults',
  parents: () => ({}),
  context: '$metadata#managedTenantOperationResults',
  container: 'managedTenantOperationResults',
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
      isSuccess: boolean().register(rules, { filter: true }),
      exception: optional(string()),
      executionInfo: optional(string()),
      result: collection(string())
        .nullable()
        .overwrite((result) => result ?? [])
        .default([]),
    }),
})

/** A managedTenantOperationResult as it is stored and answered. */
export type ManagedTenantOperationResult = z.infer<typeof managedTenantOperationResult.schema>
