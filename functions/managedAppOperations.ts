import { bulk } from '../shared/bulk/bulk'
import { endpoint } from '../shared/http/endpoint'
import { register } from '../shared/http/register'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'
import { count } from '../shared/verbs/count'
import { create } from '../shared/verbs/create'
import { get } from '../shared/verbs/get'
import { list } from '../shared/verbs/list'
import { patch } from '../shared/verbs/patch'
import { remove } from '../shared/verbs/remove'

register('managedAppOperationsBulk', endpoint(bulk, managedAppOperation))
register('managedAppOperationsCount', endpoint(count, managedAppOperation))
register('managedAppOperationsCreate', endpoint(create, managedAppOperation))
register('managedAppOperationsGet', endpoint(get, managedAppOperation))
register('managedAppOperationsList', endpoint(list, managedAppOperation))
register('managedAppOperationsPatch', endpoint(patch, managedAppOperation))
register('managedAppOperationsDelete', endpoint(remove, managedAppOperation))
