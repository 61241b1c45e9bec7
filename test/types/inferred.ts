import { expectTypeOf } from 'vitest'
import type { Config } from '../../shared/config'
import type { Detail, ErrorCode, Failure } from '../../shared/errors'
import type { DelegatedAdminRelationshipRequest } from '../../shared/schemas/delegatedAdminRelationshipRequest'
import type { ManagedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import type { ManagedTenantOperationHttpRequest } from '../../shared/schemas/managedTenantOperationHttpRequest'
import type { Resource } from '../../shared/schemas/resource'

// Nothing here runs: `npm run types` checks what is inferred from the declarations.

expectTypeOf<DelegatedAdminRelationshipRequest>().toEqualTypeOf<{
  id: string
  action: 'lockForApproval' | 'approve' | 'terminate' | 'unknownFutureValue' | 'reject'
  status: 'created' | 'pending' | 'succeeded' | 'failed' | 'unknownFutureValue'
  createdDateTime: string
  lastModifiedDateTime: string
}>()

expectTypeOf<ManagedTenantOperation['status']>().toEqualTypeOf<string | null>()
expectTypeOf<ManagedTenantOperation['name']>().toEqualTypeOf<string>()
expectTypeOf<ManagedTenantOperation['target']['tenantIds']>().toEqualTypeOf<string[] | null | undefined>()
expectTypeOf<ManagedTenantOperation['operationDefinition']['logLevel']>().toEqualTypeOf<
  'none' | 'summary' | 'full' | null | undefined
>()
expectTypeOf<null>().toExtend<ManagedTenantOperation['aggregationDefinition']>()
expectTypeOf<null>().not.toExtend<ManagedTenantOperation['operationDefinition']>()
// An open type has what it does not know.
expectTypeOf<ManagedTenantOperation['anything']>().toEqualTypeOf<unknown>()

expectTypeOf<ManagedTenantOperationHttpRequest['attempt']>().toEqualTypeOf<number>()
expectTypeOf<ManagedTenantOperationHttpRequest['statusCode']>().toEqualTypeOf<number | null>()
expectTypeOf<null>().toExtend<ManagedTenantOperationHttpRequest['response']>()
expectTypeOf<null>().not.toExtend<ManagedTenantOperationHttpRequest['request']>()

// @ts-expect-error a closed type has nothing that it does not know
expectTypeOf<DelegatedAdminRelationshipRequest['anything']>().toBeUnknown()

// Nothing of a wall stays `any`.
expectTypeOf<Config>().not.toBeAny()
expectTypeOf<Config['store']['key']>().toEqualTypeOf<string | undefined>()
expectTypeOf<Config['store']['deadline']>().toEqualTypeOf<number>()
expectTypeOf<Config['auth']['allowedTenants']>().toEqualTypeOf<Set<string> | undefined>()
expectTypeOf<Config['logLevel']>().toEqualTypeOf<'debug' | 'information' | 'warning' | 'error' | 'none'>()

// Tables are closed.
expectTypeOf<string>().not.toExtend<Failure>()
expectTypeOf<string>().not.toExtend<ErrorCode>()
expectTypeOf<string>().not.toExtend<Detail['code']>()
expectTypeOf<Failure & ErrorCode>().toBeNever()

// What is declared stays as it was declared.
declare const declared: Resource
// @ts-expect-error a resource is not changed
declared.container = 'other'
// @ts-expect-error nor are its permissions
declared.permissions.read = 'other'
