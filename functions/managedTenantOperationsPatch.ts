import { patch } from '../shared/http/patch'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'

/** Changes a managedTenantOperation. */
export const managedTenantOperationsPatch = register('managedTenantOperationsPatch', patch(managedTenantOperation))
