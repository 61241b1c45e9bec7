import { CLIENT, PARTNER_USER } from '../../local/mintToken'
import { TENANT } from '../harness'
import { appOperation, httpRequest, operation, RELATIONSHIP, relationshipRequest, result, type Sample } from './samples'

/** What a create answers, once its id and version are known. */
export interface Printed {
  readonly sample: Sample
  /** The collection's path below the version. */
  readonly collection: string
  /** The context below the version. */
  readonly context: string
  readonly type: string
  /** The properties, in their order, without annotations of the entity itself. */
  readonly properties: (id: string) => Readonly<Record<string, unknown>>
}

const GUID = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'
const INSTANT = '2026-11-23T10:55:47.1230000Z'
const SERVICES = '#microsoft.management.services.api.'

const instants = { createdDateTime: INSTANT, lastModifiedDateTime: INSTANT }
const partner = { partnerTenantId: TENANT, partnerUserId: GUID }
const ofResult = {
  ...partner,
  targetTenantId: GUID,
  managedTenantOperationId: 'operation',
  requestId: GUID,
  ...instants,
}

const caller = {
  '@odata.type': 'microsoft.graph.identitySet',
  application: { id: CLIENT, displayName: 'Partner automation' },
  user: { id: PARTNER_USER, displayName: 'Adele Vance' },
}
const by = { createdBy: caller, lastModifiedBy: caller }

/** What the create of each sample answers. */
export const printed: readonly Printed[] = [
  {
    sample: operation,
    collection: 'managedTenantOperations',
    context: '$metadata#managedTenantOperations/$entity',
    type: `${SERVICES}managedTenantOperation`,
    properties: (id) => ({
      id,
      result: null,
      target: { '@odata.type': 'microsoft.graph.managedTenantOperationTarget', allTenants: true },
      operationDefinition: { '@odata.type': 'microsoft.graph.managedTenantOperationDefinition', values: ['a'] },
      aggregationDefinition: null,
      credentials: null,
      status: 'notStarted',
      ...instants,
      ...partner,
      name: 'Enforce MFA',
      description: null,
      requestId: GUID,
      ...by,
    }),
  },
  {
    sample: result,
    collection: 'managedTenantOperationResults',
    context: '$metadata#managedTenantOperationResults/$entity',
    type: `${SERVICES}managedTenantOperationResult`,
    properties: (id) => ({ id, ...ofResult, isSuccess: true, exception: null, executionInfo: null, result: [], ...by }),
  },
  {
    sample: httpRequest,
    collection: 'managedTenantOperationHttpRequests',
    context: '$metadata#managedTenantOperationHttpRequests/$entity',
    type: `${SERVICES}managedTenantOperationHttpRequest`,
    properties: (id) => ({
      id,
      ...ofResult,
      attempt: 0,
      statusCode: null,
      request: {
        '@odata.type': 'microsoft.graph.httpRequest',
        method: 'GET',
        url: 'https://graph.microsoft.com/v1.0/users',
      },
      response: null,
      ...by,
    }),
  },
  {
    sample: relationshipRequest,
    collection: `tenantRelationships/delegatedAdminRelationships/${RELATIONSHIP}/requests`,
    context: 'tenantRelationships/$metadata#requests',
    type: '#microsoft.graph.delegatedAdminRelationshipRequest',
    properties: (id) => ({ id, action: 'approve', status: 'created', ...instants, ...by }),
  },
  {
    sample: appOperation,
    collection: "users/o'neil/managedAppRegistrations/T_1/operations",
    context: "$metadata#users('o''neil')/managedAppRegistrations('T_1')/operations/$entity",
    type: '#microsoft.graph.managedAppOperation',
    properties: (id) => ({
      id,
      displayName: 'Wipe',
      lastModifiedDateTime: INSTANT,
      state: 'queued',
      version: '1',
      ...by,
    }),
  },
]
