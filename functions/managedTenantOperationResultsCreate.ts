import { create } from '../shared/http/create'
import { register } from '../shared/http/register'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'

/** Creates a managedTenantOperationResult. */
export const managedTenantOperationResultsCreate = register(
  'managedTenantOperationResultsCreate',
  create(managedTenantOperationResult),
)
