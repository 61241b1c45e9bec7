import { expectTypeOf } from 'vitest'
import type { Config } from '../../shared/config'
import type { Detail, ErrorCode, Failure } from '../../shared/errors'
import type { Resource } from '../../shared/schemas/resource'

// Nothing here runs: `npm run types` checks what is inferred from the declarations.

// Nothing that comes from outside stays `any`.
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
// @ts-expect-error nor are its properties
declared.properties.clear()
