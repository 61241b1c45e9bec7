import { list } from '../shared/http/list'
import { register } from '../shared/http/register'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'

/** Lists the caller's managedTenantOperationResults. */
export const managedTenantOperationResultsList = register(
  'managedTenantOperationResultsList',
  list(managedTenantOperationResult),
)
