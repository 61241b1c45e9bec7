import { pathText } from './pathParameters'
import { resource } from './resource'
import { dateTime, id, text } from './types'

/**
 * An operation applied to a managed-app registration:
 * learn.microsoft.com/graph/api/resources/intune-mam-managedappoperation.
 */
export const managedAppOperation = resource({
  name: 'managedAppOperation',
  namespace: 'microsoft.graph',
  describe: 'An operation applied to a managed-app registration.',
  open: false,
  route: 'users/{usersId}/managedAppRegistrations/{managedAppRegistrationId}/operations',
  parents: {
    usersId: pathText('Id or user principal name of the user.'),
    managedAppRegistrationId: pathText('Id of the managed-app registration.'),
  },
  container: 'managedAppOperations',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'DeviceManagementApps.ReadWrite.All', read: 'DeviceManagementApps.Read.All' },
  properties: {
    id: id({ describe: 'Id of the operation.' }),
    displayName: text({ filter: true, order: true, describe: 'What the operation is called.' }),
    lastModifiedDateTime: dateTime({
      computed: true,
      filter: true,
      order: true,
      describe: 'When it was last changed.',
    }),
    state: text({ filter: true, describe: 'The progress of the operation, in words of the caller.' }),
    version: text({ filter: true, describe: 'Version of the app.' }),
  },
})
