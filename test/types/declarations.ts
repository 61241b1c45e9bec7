import { expectTypeOf } from 'vitest'
import { ApiError, type Failure } from '../../shared/errors'
import { type Resource, resource } from '../../shared/schemas/resource'
import { complex, guid, string, text } from '../../shared/schemas/types'
import type { RequestContext, Verb } from '../../shared/verbs/verb'
import { verb } from '../../shared/verbs/verb'

// Nothing here runs: `npm run types` checks that what must compile does, and that what must not does not.

expectTypeOf<'tooManyInFlight'>().toExtend<Failure>()

// @ts-expect-error an undeclared failure
new ApiError('teapot', 'no')

// @ts-expect-error an option that does not exist
guid({ computable: true })

const declaration = {
  name: 'note',
  namespace: 'microsoft.graph',
  describe: 'A note.',
  open: false,
  route: 'notes',
  parents: {},
  container: 'notes',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'Notes.ReadWrite.All', read: 'Notes.Read.All' },
  properties: { id: guid(), title: text() },
} as const

expectTypeOf(resource(declaration)).toEqualTypeOf<Resource>()

const { permissions, ...withoutPermissions } = declaration
// @ts-expect-error whoever forgets the permissions does not get past the compiler
resource(withoutPermissions)

// @ts-expect-error the tenant comes first in every partition key
resource({ ...declaration, permissions, partitionKey: ['id'] })

// @ts-expect-error a namespace of somebody else
resource({ ...declaration, namespace: 'contoso' })

const reading = verb({
  name: 'read',
  title: 'Read',
  describe: 'Reads.',
  headers: [],
  answers: {},
  failures: [],
  methods: ['GET'],
  suffix: '',
  access: 'read',
  queryOptions: [],
  hasBody: false,
  readHeaders: () => ({ ifMatch: '*' }),
  readQuery: () => ({ top: 1 }),
  run: async ({ input }) => {
    // What a verb reads from headers and from query options is what it runs with.
    expectTypeOf(input).toEqualTypeOf<{ ifMatch: string } & { top: number }>()
    return { status: 200, headers: {} }
  },
})

const { access, ...withoutAccess } = reading
// @ts-expect-error a verb says whether it reads or writes
expectTypeOf(withoutAccess).toExtend<Verb>()
expectTypeOf(access).toEqualTypeOf<'read' | 'write'>()

expectTypeOf<RequestContext['input']>().toBeUnknown()

// @ts-expect-error a replacement of another type than the value's
complex('note', { text: string() }, { redact: () => 1 })
