import { create } from '../shared/http/create'
import { register } from '../shared/http/register'
import { delegatedAdminRelationshipRequest } from '../shared/schemas/delegatedAdminRelationshipRequest'

/** Creates a delegatedAdminRelationshipRequest. */
export const delegatedAdminRelationshipRequestsCreate = register(
  'delegatedAdminRelationshipRequestsCreate',
  create(delegatedAdminRelationshipRequest),
)
