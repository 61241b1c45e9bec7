import { count } from '../shared/http/count'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'

/** Counts the caller's managedTenantOperations. */
export const managedTenantOperationsCount = register('managedTenantOperationsCount', count(managedTenantOperation))
