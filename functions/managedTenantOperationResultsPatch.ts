import { patch } from '../shared/http/patch'
import { register } from '../shared/http/register'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'

/** Changes a managedTenantOperationResult. */
export const managedTenantOperationResultsPatch = register(
  'managedTenantOperationResultsPatch',
  patch(managedTenantOperationResult),
)
