import { PARTNER_TENANT as TENANT } from '../../local/mintToken'

const GUID = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'

/** The id of a relationship, as its path has it. */
export const RELATIONSHIP = `${GUID}-${GUID}`

/** What the tests need to know of one resource: paths, container, and a body that creates one. */
export interface Sample {
  readonly name: string
  readonly container: string
  readonly path: string
  /** A collection of the same kind below another parent. */
  readonly elsewhere?: string
  readonly hierarchical: boolean
  readonly changes: boolean
  readonly body: Readonly<Record<string, unknown>>
}

const common = { partnerTenantId: TENANT, partnerUserId: GUID, requestId: GUID }
const ofResult = { ...common, targetTenantId: GUID, managedTenantOperationId: 'operation' }

export const operation: Sample = {
  name: 'managedTenantOperation',
  container: 'managedTenantOperations',
  path: '/beta/managedTenantOperations',
  hierarchical: false,
  changes: true,
  body: { ...common, name: 'Enforce MFA', target: { allTenants: true }, operationDefinition: { values: ['a'] } },
}

export const result: Sample = {
  name: 'managedTenantOperationResult',
  container: 'managedTenantOperationResults',
  path: '/beta/managedTenantOperationResults',
  hierarchical: true,
  changes: true,
  body: { ...ofResult, isSuccess: true },
}

export const httpRequest: Sample = {
  name: 'managedTenantOperationHttpRequest',
  container: 'managedTenantOperationHttpRequests',
  path: '/beta/managedTenantOperationHttpRequests',
  hierarchical: true,
  changes: true,
  body: { ...ofResult, attempt: 0, request: { method: 'GET', url: 'https://graph.microsoft.com/v1.0/users' } },
}

export const relationshipRequest: Sample = {
  name: 'delegatedAdminRelationshipRequest',
  container: 'delegatedAdminRelationshipRequests',
  path: `/v1.0/tenantRelationships/delegatedAdminRelationships/${RELATIONSHIP}/requests`,
  elsewhere: `/v1.0/tenantRelationships/delegatedAdminRelationships/${TENANT}-${GUID}/requests`,
  hierarchical: false,
  changes: false,
  body: { action: 'approve' },
}

export const appOperation: Sample = {
  name: 'managedAppOperation',
  container: 'managedAppOperations',
  path: "/v1.0/users/o'neil/managedAppRegistrations/T_1/operations",
  elsewhere: '/v1.0/users/u2/managedAppRegistrations/T_1/operations',
  hierarchical: false,
  changes: true,
  body: { displayName: 'Wipe', state: 'queued', version: '1' },
}

export const samples: readonly Sample[] = [operation, result, httpRequest, relationshipRequest, appOperation]

/** Those that take PATCH and DELETE. */
export const changeable: readonly Sample[] = samples.filter(({ changes }) => changes)
