import type { JsonObject } from '../basics/isObject'
import { ApiError } from '../errors'
import type { Resource } from '../schemas/resource'

/** Throws `tenantMismatch` where the body names a tenant other than the caller's own. */
export function checkTenant({ tenant }: Resource, properties: JsonObject, tenantId: string): void {
  const given = tenant === undefined ? undefined : properties[tenant.name]
  if (tenant === undefined || given === undefined || given === tenantId) return
  throw new ApiError('tenantMismatch', `'${tenant.name}' must be the tenant of the token.`, { target: tenant.name })
}
