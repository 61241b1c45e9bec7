import { delegatedAdminRelationshipRequest } from './delegatedAdminRelationshipRequest'
import { managedAppOperation } from './managedAppOperation'
import { managedTenantOperation } from './managedTenantOperation'
import { managedTenantOperationHttpRequest } from './managedTenantOperationHttpRequest'
import { managedTenantOperationResult } from './managedTenantOperationResult'
import type { Resource } from './resource'

/** Every resource there is. */
export const resources: readonly Resource[] = [
  managedTenantOperation,
  managedTenantOperationResult,
  managedTenantOperationHttpRequest,
  delegatedAdminRelationshipRequest,
  managedAppOperation,
]
