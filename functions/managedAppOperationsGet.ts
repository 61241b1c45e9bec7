import { get } from '../shared/http/get'
import { register } from '../shared/http/register'
import { managedAppOperation } from '../shared/schemas/managedAppOperation'

/** Reads one managedAppOperation. */
export const managedAppOperationsGet = register('managedAppOperationsGet', get(managedAppOperation))
