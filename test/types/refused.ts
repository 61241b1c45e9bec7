import * as z from 'zod'
import { ApiError, type Detail } from '../../shared/errors'
import { type Endpoint, endpoint } from '../../shared/http/endpoint'
import { register } from '../../shared/http/register'
import { managedAppOperation } from '../../shared/schemas/managedAppOperation'
import { resource } from '../../shared/schemas/resource'
import { collection, enumeration, guid, int32, string, text } from '../../shared/schemas/types'
import { create } from '../../shared/verbs/create'
import type { Verb } from '../../shared/verbs/verb'

// Nothing here runs, and nothing here may compile but for the lines that say that they do not.

declare const declaration: Parameters<typeof resource>[0]
declare const verb: Verb
declare const made: Endpoint

// @ts-expect-error a top-level code is no check that failed
new ApiError('badRequest', 'no')
// @ts-expect-error a failure has a message
new ApiError('invalidJson')
// @ts-expect-error a detail of another code
new ApiError('invalidPayload', 'no', { details: [{ code: 'tooLong', message: '', target: '' }] })
// @ts-expect-error a detail says where
;({ code: 'required', message: '' }) satisfies Detail
// @ts-expect-error the status follows from the code
new ApiError('invalidJson', 'no', { status: 422 })

// @ts-expect-error an option is there or is not
guid({ filter: false })
// @ts-expect-error a misspelt option
guid({ filterable: true })

// @ts-expect-error who may write is not enough
resource({ ...declaration, permissions: { write: 'Notes.ReadWrite.All' } })
// @ts-expect-error a key of two levels has the id as its second
resource({ ...declaration, partitionKey: ['partnerTenantId', 'requestId'] })
// @ts-expect-error a key of three levels
resource({ ...declaration, partitionKey: ['partnerTenantId', 'id', 'id'] })
// @ts-expect-error a key has a level
resource({ ...declaration, partitionKey: [] })
// @ts-expect-error properties are data, and their schemas follow
resource({ ...declaration, properties: z.strictObject({}) })
// @ts-expect-error properties have names
resource({ ...declaration, properties: [guid()] })
// @ts-expect-error a parent is a parameter of a path
resource({ ...declaration, parents: { noteId: int32() } })
// @ts-expect-error a collection answers below its own path, or below one that is known
resource({ ...declaration, alsoBelow: 'tenants' })

// @ts-expect-error an enumeration has members
enumeration('kind', [])
// @ts-expect-error and they are strings
enumeration('kind', [1, 2])
// @ts-expect-error a collection is one of something
collection('a')
// @ts-expect-error lengths are not for choosing
text(512)
// @ts-expect-error nor is a default
string('a')

// @ts-expect-error another access than reading and writing
;({ ...verb, access: 'delete' }) satisfies Verb
// @ts-expect-error another suffix
;({ ...verb, suffix: '/$value' }) satisfies Verb
// @ts-expect-error a method that does not exist
;({ ...verb, methods: ['FETCH'] }) satisfies Verb
// @ts-expect-error what is read has names
;({ ...verb, readQuery: () => 1 }) satisfies Verb
// @ts-expect-error an answer, not a response
;({ ...verb, run: async () => new Response() }) satisfies Verb

// @ts-expect-error a function has a name
register(made)
// @ts-expect-error an endpoint is made of a verb
register('notesCreate', managedAppOperation)
// @ts-expect-error and a verb of a resource
endpoint(create, 'managedAppOperations')
