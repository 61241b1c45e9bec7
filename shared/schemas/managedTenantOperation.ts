import { managedTenantOperationHttpRequest } from './managedTenantOperationHttpRequest'
import { managedTenantOperationResult } from './managedTenantOperationResult'
import { resource } from './resource'
import {
  boolean,
  collection,
  complex,
  dateTime,
  enumeration,
  guid,
  id,
  int32,
  openComplex,
  optional,
  string,
  text,
  writeOnly,
} from './types'

const target = complex(
  'managedTenantOperationTarget',
  {
    allTenants: boolean({ filter: true, describe: 'Whether the operation runs in every customer tenant.' }),
    tenantIds: collection(guid({ filter: true, describe: 'The customer tenants that the operation runs in.' })),
  },
  { describe: 'The customer tenants that the operation runs in.' },
)

const lambdaDefinition = openComplex('lambdaDefinition', {
  id: string({ describe: 'Id of the lambda.' }),
  type: int32({ describe: 'Kind of the lambda, by number.' }),
  value: string({ describe: 'What the lambda runs.' }),
  configuration: string({ describe: 'Settings of the lambda, as a string.' }),
})

const definition = complex('managedTenantOperationDefinition', {
  value: string({ describe: 'What is run.' }),
  // `values` is not documented, but existing clients send it.
  values: collection(string({ describe: 'What is run, where there are several things.' })),
  logLevel: enumeration('logLevel', ['none', 'summary', 'full'], { describe: 'How much of the run is logged.' }),
  failOnFirstError: boolean({ describe: 'Whether the run ends at the first error.' }),
  lambdaDefinitions: collection(lambdaDefinition, { describe: 'The lambdas that are run.' }),
})

const credentials = complex('managedTenantOperationCredentials', {
  dapAccessToken: writeOnly(
    string({
      describe: 'Access token for delegated administration. Checked and dropped: never stored, never answered.',
    }),
  ),
})

/** What went wrong in one tenant. */
export const tenantException = complex('tenantException', {
  tenantId: guid({ describe: 'The customer tenant.' }),
  exception: string({ describe: 'What went wrong there.' }),
})

const aggregateResult = complex('managedTenantOperationAggregateResult', {
  createdDateTime: dateTime({ describe: 'When the first result came in.' }),
  lastModifiedDateTime: dateTime({ describe: 'When the last result came in.' }),
  isSuccess: boolean({ describe: 'Whether the operation succeeded in every tenant.' }),
  isComplete: boolean({ describe: 'Whether every tenant has a result.' }),
  exception: string({ describe: 'What ended the operation.' }),
  executionInfo: string({ describe: 'Notes on the run.' }),
  tenantExceptions: collection(tenantException, { describe: 'What went wrong, tenant by tenant.' }),
  result: collection(string({ describe: 'The outcome of the operation.' })),
})

/** An operation that a partner runs across its customer tenants. */
export const managedTenantOperation = resource({
  name: 'managedTenantOperation',
  namespace: 'microsoft.management.services.api',
  describe: 'An operation that a partner runs across its customer tenants.',
  open: true,
  route: 'managedTenantOperations',
  // The path that existing clients use.
  alsoBelow: 'tenantRelationships/managedTenants',
  parents: {},
  container: 'managedTenantOperations',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'ManagedTenants.ReadWrite.All', read: 'ManagedTenants.Read.All' },
  navigations: {
    results: {
      describe: 'What the operation came to, customer tenant by customer tenant.',
      target: managedTenantOperationResult,
      property: 'managedTenantOperationId',
    },
    httpRequests: {
      describe: 'The HTTP requests that the operation made.',
      target: managedTenantOperationHttpRequest,
      property: 'managedTenantOperationId',
    },
  },
  properties: {
    id: id({ describe: 'Id of the operation.' }),
    result: optional({ ...aggregateResult, describe: 'The outcome of the operation across all tenants.' }),
    target,
    operationDefinition: { ...definition, describe: 'What runs in each tenant.' },
    aggregationDefinition: optional({ ...definition, describe: 'What runs over the results of all tenants.' }),
    credentials: optional({ ...credentials, describe: 'Credentials of the run. None of them is stored.' }),
    status: optional(
      string({ filter: true, describe: 'The progress of the operation, in words of the caller.' }),
      'notStarted',
    ),
    createdDateTime: dateTime({ computed: true, filter: true, order: true, describe: 'When it was created.' }),
    lastModifiedDateTime: dateTime({
      computed: true,
      filter: true,
      order: true,
      describe: 'When it was last changed.',
    }),
    partnerTenantId: guid({ tenant: true, describe: 'The tenant of the partner, which must be that of the token.' }),
    partnerUserId: guid({
      filter: true,
      describe: 'The user of the partner on whose behalf it runs, as the caller says.',
    }),
    name: text({ filter: true, order: true, describe: 'What the operation is called.' }),
    description: optional(string({ describe: 'What the operation is for.' })),
    requestId: guid({ filter: true, describe: "Id of the partner's own request that led to the operation." }),
  },
})
