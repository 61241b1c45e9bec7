import { bulk } from '../shared/bulk/bulk'
import { endpoint } from '../shared/http/endpoint'
import { register } from '../shared/http/register'
import { delegatedAdminRelationshipRequest } from '../shared/schemas/delegatedAdminRelationshipRequest'
import { count } from '../shared/verbs/count'
import { create } from '../shared/verbs/create'
import { get } from '../shared/verbs/get'
import { list } from '../shared/verbs/list'

register('delegatedAdminRelationshipRequestsBulk', endpoint(bulk, delegatedAdminRelationshipRequest))
register('delegatedAdminRelationshipRequestsCount', endpoint(count, delegatedAdminRelationshipRequest))
register('delegatedAdminRelationshipRequestsCreate', endpoint(create, delegatedAdminRelationshipRequest))
register('delegatedAdminRelationshipRequestsGet', endpoint(get, delegatedAdminRelationshipRequest))
register('delegatedAdminRelationshipRequestsList', endpoint(list, delegatedAdminRelationshipRequest))
