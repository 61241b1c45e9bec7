import * as z from 'zod'
import { resource } from './resource'
import { rules } from './rules'
import { dateTime, guid, pathText, text } from './types'

/** An operation applied to a managed-app registration: learn.microsoft.com/graph/api/resources/intune-mam-managedappoperation. */
export const managedAppOperation = resource({
  name: 'managedAppOperation',
  namespace: 'microsoft.graph',
  route: 'users/{usersId}/managedAppRegistrations/{managedAppRegistrationId}/operations',
  parents: () => ({ usersId: pathText('usersId'), managedAppRegistrationId: pathText('managedAppRegistrationId') }),
  context: "$metadata#users('{usersId}')/managedAppRegistrations('{managedAppRegistrationId}')/operations",
  container: 'managedAppOperations',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'DeviceManagementApps.ReadWrite.All', read: 'DeviceManagementApps.Read.All' },
  schema: () =>
    z.strictObject({
      id: guid().register(rules, { computed: true, filter: true }),
      displayName: text().register(rules, { filter: true, order: true }),
      lastModifiedDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
      state: text().register(rules, { filter: true }),
      version: text().register(rules, { filter: true }),
    }),
})

/** A managedAppOperation as it is stored and answered. */
export type ManagedAppOperation = z.infer<typeof managedAppOperation.schema>
