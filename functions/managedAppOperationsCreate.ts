import { create } from '../shared/http/create'
import { register } from '../shared/http/register'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'

/** Creates a managedAppOperation. */
export const managedAppOperationsCreate = register('managedAppOperationsCreate', create(managedAppOperation))
