import { list } from '../shared/http/list'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'

/** Lists the caller's managedTenantOperations. */
export const managedTenantOperationsList = register('managedTenantOperationsList', list(managedTenantOperation))
