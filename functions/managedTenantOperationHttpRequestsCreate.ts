import { create } from '../shared/http/create'
import { register } from '../shared/http/register'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'

/** Creates a managedTenantOperationHttpRequest. */
export const managedTenantOperationHttpRequestsCreate = register(
  'managedTenantOperationHttpRequestsCreate',
  create(managedTenantOperationHttpRequest),
)
