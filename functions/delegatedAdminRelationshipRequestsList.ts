import { list } from '../shared/http/list'
import { register } from '../shared/http/register'
import { delegatedAdminRelationshipRequest } from '../shared/schemas/delegatedAdminRelationshipRequest'

/** Lists the caller's delegatedAdminRelationshipRequests. */
export const delegatedAdminRelationshipRequestsList = register(
  'delegatedAdminRelationshipRequestsList',
  list(delegatedAdminRelationshipRequest),
)
