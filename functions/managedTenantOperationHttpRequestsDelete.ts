import { remove } from '../shared/http/delete'
import { register } from '../shared/http/register'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'

/** Deletes a managedTenantOperationHttpRequest. */
export const managedTenantOperationHttpRequestsDelete = register(
  'managedTenantOperationHttpRequestsDelete',
  remove(managedTenantOperationHttpRequest),
)
