import { bulk } from '../shared/bulk/bulk'
import { endpoint } from '../shared/http/endpoint'
import { register } from '../shared/http/register'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'
import { count } from '../shared/verbs/count'
import { create } from '../shared/verbs/create'
import { get } from '../shared/verbs/get'
import { list } from '../shared/verbs/list'
import { patch } from '../shared/verbs/patch'
import { remove } from '../shared/verbs/remove'

register('managedTenantOperationHttpRequestsBulk', endpoint(bulk, managedTenantOperationHttpRequest))
register('managedTenantOperationHttpRequestsCount', endpoint(count, managedTenantOperationHttpRequest))
register('managedTenantOperationHttpRequestsCreate', endpoint(create, managedTenantOperationHttpRequest))
register('managedTenantOperationHttpRequestsGet', endpoint(get, managedTenantOperationHttpRequest))
register('managedTenantOperationHttpRequestsList', endpoint(list, managedTenantOperationHttpRequest))
register('managedTenantOperationHttpRequestsPatch', endpoint(patch, managedTenantOperationHttpRequest))
register('managedTenantOperationHttpRequestsDelete', endpoint(remove, managedTenantOperationHttpRequest))
