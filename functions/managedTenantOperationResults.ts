import { bulk } from '../shared/bulk/bulk'
import { endpoint } from '../shared/http/endpoint'
import { register } from '../shared/http/register'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'
import { count } from '../shared/verbs/count'
import { create } from '../shared/verbs/create'
import { get } from '../shared/verbs/get'
import { list } from '../shared/verbs/list'
import { patch } from '../shared/verbs/patch'
import { remove } from '../shared/verbs/remove'

register('managedTenantOperationResultsBulk', endpoint(bulk, managedTenantOperationResult))
register('managedTenantOperationResultsCount', endpoint(count, managedTenantOperationResult))
register('managedTenantOperationResultsCreate', endpoint(create, managedTenantOperationResult))
register('managedTenantOperationResultsGet', endpoint(get, managedTenantOperationResult))
register('managedTenantOperationResultsList', endpoint(list, managedTenantOperationResult))
register('managedTenantOperationResultsPatch', endpoint(patch, managedTenantOperationResult))
register('managedTenantOperationResultsDelete', endpoint(remove, managedTenantOperationResult))
