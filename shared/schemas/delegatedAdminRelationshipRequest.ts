import * as z from 'zod'
import { resource } from './resource'
import { rules } from './rules'
import { dateTime, enumeration, guid, relationshipId } from './types'

/**
 * A request on a GDAP relationship. It is recorded, not executed.
 * learn.microsoft.com/graph/api/resources/delegatedadminrelationshiprequest
 */
export const delegatedAdminRelationshipRequest = resource({
  name: 'delegatedAdminRelationshipRequest',
  namespace: 'microsoft.graph',
  route: 'tenantRelationships/delegatedAdminRelationships/{delegatedAdminRelationshipId}/requests',
  parents: () => ({ delegatedAdminRelationshipId: relationshipId('delegatedAdminRelationshipId') }),
  context: 'tenantRelationships/$metadata#requests',
  createdInCollectionContext: true,
  container: 'delegatedAdminRelationshipRequests',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'DelegatedAdminRelationship.ReadWrite.All', read: 'DelegatedAdminRelationship.Read.All' },
  schema: () =>
    z.strictObject({
      id: guid().register(rules, { computed: true, filter: true }),
      action: enumeration(['lockForApproval', 'approve', 'terminate', 'unknownFutureValue', 'reject']).register(rules, {
        filter: true,
      }),
      status: enumeration(['created', 'pending', 'succeeded', 'failed', 'unknownFutureValue'])
        .default('created')
        .register(rules, { computed: true, filter: true }),
      createdDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
      lastModifiedDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
    }),
})

/** A delegatedAdminRelationshipRequest as it is stored and answered. */
export type DelegatedAdminRelationshipRequest = z.infer<typeof delegatedAdminRelationshipRequest.schema>
