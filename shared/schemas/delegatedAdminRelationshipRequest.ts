import { relationshipId } from './pathParameters'
import { resource } from './resource'
import { dateTime, enumeration, id } from './types'

/**
 * A request on a GDAP relationship. It is recorded, not executed.
 * learn.microsoft.com/graph/api/resources/delegatedadminrelationshiprequest
 */
export const delegatedAdminRelationshipRequest = resource({
  name: 'delegatedAdminRelationshipRequest',
  namespace: 'microsoft.graph',
  describe: 'A request on a GDAP relationship. It is recorded, not executed.',
  open: false,
  route: 'tenantRelationships/delegatedAdminRelationships/{delegatedAdminRelationshipId}/requests',
  parents: {
    delegatedAdminRelationshipId: relationshipId('Id of the GDAP relationship: two GUIDs joined by a hyphen.'),
  },
  // As Graph documents it for a create; every other answer has a context URL that libraries can resolve.
  createdContext: 'tenantRelationships/$metadata#requests',
  container: 'delegatedAdminRelationshipRequests',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'DelegatedAdminRelationship.ReadWrite.All', read: 'DelegatedAdminRelationship.Read.All' },
  properties: {
    id: id({ describe: 'Id of the request.' }),
    action: enumeration(
      'delegatedAdminRelationshipRequestAction',
      ['lockForApproval', 'approve', 'terminate', 'unknownFutureValue', 'reject'],
      { filter: true, describe: 'What is requested.' },
    ),
    status: enumeration(
      'delegatedAdminRelationshipRequestStatus',
      ['created', 'pending', 'succeeded', 'failed', 'unknownFutureValue'],
      { computed: true, initial: 'created', filter: true, describe: 'The progress of the request.' },
    ),
    createdDateTime: dateTime({ computed: true, filter: true, order: true, describe: 'When it was created.' }),
    lastModifiedDateTime: dateTime({
      computed: true,
      filter: true,
      order: true,
      describe: 'When it was last changed.',
    }),
  },
})
