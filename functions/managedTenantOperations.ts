import { bulk } from '../shared/bulk/bulk'
import { endpoint } from '../shared/http/endpoint'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'
import { summary } from '../shared/summaries/summary'
import { count } from '../shared/verbs/count'
import { create } from '../shared/verbs/create'
import { get } from '../shared/verbs/get'
import { list } from '../shared/verbs/list'
import { patch } from '../shared/verbs/patch'
import { remove } from '../shared/verbs/remove'

register('managedTenantOperationsBulk', endpoint(bulk, managedTenantOperation))
register('managedTenantOperationsCount', endpoint(count, managedTenantOperation))
register('managedTenantOperationsCreate', endpoint(create, managedTenantOperation))
register('managedTenantOperationsCountHttpRequests', endpoint(count, managedTenantOperation, 'httpRequests'))
register('managedTenantOperationsCountResults', endpoint(count, managedTenantOperation, 'results'))
register('managedTenantOperationsGet', endpoint(get, managedTenantOperation))
register('managedTenantOperationsList', endpoint(list, managedTenantOperation))
register('managedTenantOperationsListHttpRequests', endpoint(list, managedTenantOperation, 'httpRequests'))
register('managedTenantOperationsListResults', endpoint(list, managedTenantOperation, 'results'))
register('managedTenantOperationsPatch', endpoint(patch, managedTenantOperation))
register('managedTenantOperationsDelete', endpoint(remove, managedTenantOperation))
register('managedTenantOperationsSummary', endpoint(summary, managedTenantOperation))
