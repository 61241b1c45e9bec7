import { ApiError } from '../errors'
import type { Permissions } from '../schemas/resource'
import type { Caller } from './caller'

/** Whether an endpoint changes anything. */
export type Access = 'read' | 'write'

/** The delegated permission that Excel and Power BI ask for: to read everything, and nothing else. */
const READ_EVERYTHING = 'user_impersonation'

/** Throws `missingPermission` or `tenantNotAllowed`. `allowedTenants`: undefined for any. */
export function authorize(
  caller: Caller,
  { read, write }: Permissions,
  access: Access,
  allowedTenants: ReadonlySet<string> | undefined,
): void {
  const sufficient = access === 'write' ? [write] : [read, write]
  const readsEverything = access === 'read' && caller.user !== null && caller.permissions.has(READ_EVERYTHING)
  if (!readsEverything && !sufficient.some((name) => caller.permissions.has(name))) {
    const names = sufficient.map((name) => `'${name}'`).join(' or ')
    throw new ApiError('missingPermission', `The token does not have the permission ${names}.`, {
      target: 'Authorization',
    })
  }
  if (allowedTenants?.has(caller.tenantId) === false) {
    throw new ApiError('tenantNotAllowed', 'The tenant of the token is not allowed to use this service.', {
      target: 'Authorization',
    })
  }
}
