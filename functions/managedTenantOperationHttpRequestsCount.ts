import { count } from '../shared/http/count'
import { register } from '../shared/http/register'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'

/** Counts the caller's managedTenantOperationHttpRequests. */
export const managedTenantOperationHttpRequestsCount = register(
  'managedTenantOperationHttpRequestsCount',
  count(managedTenantOperationHttpRequest),
)
