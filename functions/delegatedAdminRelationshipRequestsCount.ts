import { count } from '../shared/http/count'
import { register } from '../shared/http/register'
import { delegatedAdminRelationshipRequest } from '../shared/schemas/delegatedAdminRelationshipRequest'

/** Counts the caller's delegatedAdminRelationshipRequests. */
export const delegatedAdminRelationshipRequestsCount = register(
  'delegatedAdminRelationshipRequestsCount',
  count(delegatedAdminRelationshipRequest),
)
