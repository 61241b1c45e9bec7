import { count } from '../shared/http/count'
import { register } from '../shared/http/register'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'

/** Counts the caller's managedAppOperations. */
export const managedAppOperationsCount = register('managedAppOperationsCount', count(managedAppOperation))
