import { remove } from '../shared/http/delete'
import { register } from '../shared/http/register'
import { managedTenantOperation } from '../shared/schemas/managedTenantOperation'

/** Deletes a managedTenantOperation. */
export const managedTenantOperationsDelete = register('managedTenantOperationsDelete', remove(managedTenantOperation))
