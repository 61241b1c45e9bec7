import { get } from '../shared/http/get'
import { register } from '../shared/http/register'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'

/** Reads one managedTenantOperationHttpRequest. */
export const managedTenantOperationHttpRequestsGet = register(
  'managedTenantOperationHttpRequestsGet',
  get(managedTenantOperationHttpRequest),
)
