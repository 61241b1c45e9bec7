import { delegatedAdminRelationshipRequest } from '../../shared/schemas/delegatedAdminRelationshipRequest'
import { managedAppOperation } from '../../shared/schemas/managedAppOperation'
import { managedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import { managedTenantOperationHttpRequest } from '../../shared/schemas/managedTenantOperationHttpRequest'
import { managedTenantOperationResult } from '../../shared/schemas/managedTenantOperationResult'
import type { Resource } from '../../shared/schemas/resource'

/** Every resource of the service. */
export const resources: readonly Resource[] = [
  managedTenantOperation,
  managedTenantOperationResult,
  managedTenantOperationHttpRequest,
  delegatedAdminRelationshipRequest,
  managedAppOperation,
]
