import { list } from '../shared/http/list'
import { register } from '../shared/http/register'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'

/** Lists the caller's managedTenantOperationHttpRequests. */
export const managedTenantOperationHttpRequestsList = register(
  'managedTenantOperationHttpRequestsList',
  list(managedTenantOperationHttpRequest),
)
