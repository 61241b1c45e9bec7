import { get } from '../shared/http/get'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'

/** Reads one managedTenantOperation. */
export const managedTenantOperationsGet = register('managedTenantOperationsGet', get(managedTenantOperation))
