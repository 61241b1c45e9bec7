import { get } from '../shared/http/get'
import { register } from '../shared/http/register'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'

/** Reads one managedTenantOperationResult. */
export const managedTenantOperationResultsGet = register(
  'managedTenantOperationResultsGet',
  get(managedTenantOperationResult),
)
