import { patch } from '../shared/http/patch'
import { register } from '../shared/http/register'
import { managedTenantOperationHttpRequest } from '../shared/schemas/managedTenantOperationHttpRequest'

/** Changes a managedTenantOperationHttpRequest. */
export const managedTenantOperationHttpRequestsPatch = register(
  'managedTenantOperationHttpRequestsPatch',
  patch(managedTenantOperationHttpRequest),
)
