import { get } from '../shared/http/get'
import { register } from '../shared/http/register'
import { delegatedAdminRelationshipRequest } from '../shared/schemas/delegatedAdminRelationshipRequest'

/** Reads one delegatedAdminRelationshipRequest. */
export const delegatedAdminRelationshipRequestsGet = register(
  'delegatedAdminRelationshipRequestsGet',
  get(delegatedAdminRelationshipRequest),
)
