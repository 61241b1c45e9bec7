import { create } from '../shared/http/create'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'

/** Creates a managedTenantOperation. */
export const managedTenantOperationsCreate = register('managedTenantOperationsCreate', create(managedTenantOperation))
