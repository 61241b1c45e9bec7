import { list } from '../shared/http/list'
import { register } from '../shared/http/register'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'

/** Lists the caller's managedAppOperations. */
export const managedAppOperationsList = register('managedAppOperationsList', list(managedAppOperation))
