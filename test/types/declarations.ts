import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { ApiError, type Failure } from '../../shared/errors'
import type { Verb } from '../../shared/http/endpoint'
import type { ManagedAppOperation } from '../../shared/schemas/managedAppOperation'
import type { ManagedTenantOperationResult } from '../../shared/schemas/managedTenantOperationResult'
import { resource } from '../../shared/schemas/resource'
import { rules } from '../../shared/schemas/rules'
import { complex, guid, string } from '../../shared/schemas/types'

// Nothing here runs: `npm run types` checks that what must compile does, and that what must not does not.

expectTypeOf<ManagedAppOperation>().toEqualTypeOf<{
  id: string
  displayName: string
  lastModifiedDateTime: string
  state: string
  version: string
}>()
expectTypeOf<ManagedTenantOperationResult['result']>().toEqualTypeOf<string[] | null>()
expectTypeOf<ManagedTenantOperationResult['exception']>().toEqualTypeOf<string | null>()
expectTypeOf<'tooManyInFlight'>().toExtend<Failure>()

// @ts-expect-error an undeclared failure
new ApiError('teapot', 'no')

// @ts-expect-error a rule that does not exist
guid().register(rules, { computable: true })

const declaration = {
  name: 'note',
  namespace: 'microsoft.graph',
  route: 'notes',
  parents: () => ({}),
  context: '$metadata#notes',
  container: 'notes',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'Notes.ReadWrite.All', read: 'Notes.Read.All' },
  schema: () => z.strictObject({ id: guid() }),
} as const

expectTypeOf(resource(declaration).schema).toExtend<z.ZodObject>()

const { permissions, ...withoutPermissions } = declaration
// @ts-expect-error whoever forgets the permissions does not get past the compiler
resource(withoutPermissions)

// @ts-expect-error the tenant comes first in every partition key
resource({ ...declaration, permissions, partitionKey: ['id'] })

// @ts-expect-error a namespace of somebody else
resource({ ...declaration, namespace: 'contoso' })

const verb: Verb<undefined> = {
  methods: ['GET'],
  suffix: '',
  access: 'read',
  options: [],
  hasBody: false,
  ask: () => undefined,
  run: async () => ({ status: 200, headers: {} }),
}

const { access, ...withoutAccess } = verb
// @ts-expect-error a verb says whether it reads or writes
expectTypeOf(withoutAccess).toExtend<Verb<undefined>>()
expectTypeOf(access).toEqualTypeOf<'read' | 'write'>()

// @ts-expect-error a replacement of another type than the value's
complex('note', { text: string() }, { overwrite: () => 1 })
