import { patch } from '../shared/http/patch'
import { register } from '../shared/http/register'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'

/** Changes a managedAppOperation. */
export const managedAppOperationsPatch = register('managedAppOperationsPatch', patch(managedAppOperation))
