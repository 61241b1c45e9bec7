import { count } from '../shared/http/count'
import { register } from '../shared/http/register'
import { managedTenantOperationResult } from '../shared/schemas/managedTenantOperationResult'

/** Counts the caller's managedTenantOperationResults. */
export const managedTenantOperationResultsCount = register(
  'managedTenantOperationResultsCount',
  count(managedTenantOperationResult),
)
