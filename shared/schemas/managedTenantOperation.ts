import * as z from 'zod'
import { resource } from './resource'
import { rules } from './rules'
import {
  boolean,
  collection,
  complex,
  dateTime,
  enumeration,
  guid,
  int32,
  openComplex,
  optional,
  string,
  text,
  writeOnly,
} from './types'

const target = () =>
  complex('managedTenantOperationTarget', { allTenants: boolean().nullish(), tenantIds: collection(guid()).nullish() })

const lambdaDefinition = () =>
  openComplex('lambdaDefinition', {
    id: string().nullish(),
    type: int32().nullish(),
    value: string().nullish(),
    configuration: string().nullish(),
  })

const definition = () =>
  complex('managedTenantOperationDefinition', {
    value: string().nullish(),
    // `values` is not documented; it is what today's clients send.
    values: collection(string()).nullish(),
    logLevel: enumeration(['none', 'summary', 'full']).nullish(),
    failOnFirstError: boolean().nullish(),
    lambdaDefinitions: collection(lambdaDefinition()).nullish(),
  })

const credentials = () =>
  complex(
    'managedTenantOperationCredentials',
    { dapAccessToken: writeOnly(string()) },
    { writeOnly: ['dapAccessToken'] },
  )

const tenantException = () => complex('tenantException', { tenantId: guid().nullish(), exception: string().nullish() })

const aggregateResult = () =>
  complex('managedTenantOperationAggregateResult', {
    createdDateTime: dateTime().nullish(),
    lastModifiedDateTime: dateTime().nullish(),
    isSuccess: boolean().nullish(),
    isComplete: boolean().nullish(),
    exception: string().nullish(),
    executionInfo: string().nullish(),
    tenantExceptions: collection(tenantException()).nullish(),
    result: collection(string()).nullish(),
  })

/** An operation that a partner runs across its customer tenants. */
export const managedTenantOperation = resource({
  name: 'managedTenantOperation',
  namespace: 'microsoft.management.services.api',
  route: 'managedTenantOperations',
  parents: () => ({}),
  context: '$metadata#managedTenantOperations',
  container: 'managedTenantOperations',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'ManagedTenants.ReadWrite.All', read: 'ManagedTenants.Read.All' },
  schema: () =>
    z.looseObject({
      id: guid().register(rules, { computed: true, filter: true }),
      result: optional(aggregateResult()),
      target: target(),
      operationDefinition: definition(),
      aggregationDefinition: optional(definition()),
      credentials: optional(credentials()),
      status: string().nullable().default('notStarted').register(rules, { filter: true }),
      createdDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
      lastModifiedDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
      partnerTenantId: guid().register(rules, { tenant: true }),
      partnerUserId: guid().register(rules, { filter: true }),
      name: text().register(rules, { filter: true, order: true }),
      description: optional(string()),
      requestId: guid().register(rules, { filter: true }),
    }),
})

/** A managedTenantOperation as it is stored and answered. */
export type ManagedTenantOperation = z.infer<typeof managedTenantOperation.schema>
