import { remove } from '../shared/http/delete'
import { register } from '../shared/http/register'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'

/** Deletes a managedTenantOperationResult. */
export const managedTenantOperationResultsDelete = register(
  'managedTenantOperationResultsDelete',
  remove(managedTenantOperationResult),
)
