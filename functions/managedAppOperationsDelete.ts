import { remove } from '../shared/http/delete'
import { register } from '../shared/http/register'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'

/** Deletes a managedAppOperation. */
export const managedAppOperationsDelete = register('managedAppOperationsDelete', remove(managedAppOperation))
