import { endpoint } from '../shared/http/endpoint'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'
import { bulk } from '../shared/verbs/bulk'
import { count } from '../shared/verbs/count'
import { create } from '../shared/verbs/create'
import { get } from '../shared/verbs/get'
import { list } from '../shared/verbs/list'
import { patch } from '../shared/verbs/patch'
import { remove } from '../shared/verbs/remove'

register('managedTenantOperationsBulk', endpoint(bulk, managedTenantOperation))
register('managedTenantOperationsCount', endpoint(count, managedTenantOperation))
register('managedTenantOperationsCreate', endpoint(create, managedTenantOperation))
register('managedTenantOperationsGet', endpoint(get, managedTenantOperation))
register('managedTenantOperationsList', endpoint(list, managedTenantOperation))
register('managedTenantOperationsPatch', endpoint(patch, managedTenantOperation))
register('managedTenantOperationsDelete', endpoint(remove, managedTenantOperation))
