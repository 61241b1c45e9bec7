import * as z from 'zod'
import { ApiError, type Detail } from '../../shared/errors'
import { create } from '../../shared/http/create'
import type { Endpoint, Verb } from '../../shared/http/endpoint'
import { register } from '../../shared/http/register'
import { managedAppOperation } from '../../shared/schemas/managedAppOperation'
import { resource } from '../../shared/schemas/resource'
import { rules } from '../../shared/schemas/rules'
import { collection, enumeration, guid, int32, string, text } from '../../shared/schemas/types'

// Nothing here runs, and nothing here may compile but for the lines that say that they do not.

declare const declaration: Parameters<typeof resource>[0]
declare const verb: Verb<undefined>
declare const endpoint: Endpoint

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

// @ts-expect-error a rule is there or is not
guid().register(rules, { filter: false })
// @ts-expect-error a misspelt rule
guid().register(rules, { filterable: true })

// @ts-expect-error who may write is not enough
resource({ ...declaration, permissions: { write: 'Notes.ReadWrite.All' } })
// @ts-expect-error a key of two levels has the id as its second
resource({ ...declaration, partitionKey: ['partnerTenantId', 'requestId'] })
// @ts-expect-error a key of three levels
resource({ ...declaration, partitionKey: ['partnerTenantId', 'id', 'id'] })
// @ts-expect-error a key has a level
resource({ ...declaration, partitionKey: [] })
// @ts-expect-error schemas are made on first use
resource({ ...declaration, schema: z.strictObject({ id: guid() }) })
// @ts-expect-error an entity is an object
resource({ ...declaration, schema: () => z.array(guid()) })
// @ts-expect-error a parent is a text
resource({ ...declaration, parents: () => ({ noteId: int32() }) })
// @ts-expect-error false says the same as nothing
resource({ ...declaration, createdInCollectionContext: false })

// @ts-expect-error an enumeration has members
enumeration([])
// @ts-expect-error and they are texts
enumeration([1, 2])
// @ts-expect-error a collection is one of something
collection('a')
// @ts-expect-error lengths are not for choosing
text(512)
// @ts-expect-error nor is a default
string('a')

// @ts-expect-error another access than reading and writing
;({ ...verb, access: 'delete' }) satisfies Verb<undefined>
// @ts-expect-error another suffix
;({ ...verb, suffix: '/$value' }) satisfies Verb<undefined>
// @ts-expect-error a method that does not exist
;({ ...verb, methods: ['FETCH'] }) satisfies Verb<undefined>
// @ts-expect-error what is asked is what the verb runs with
;({ ...verb, ask: () => 1 }) satisfies Verb<undefined>
// @ts-expect-error an answer, not a response
;({ ...verb, run: async () => new Response() }) satisfies Verb<undefined>

// @ts-expect-error a function has a name
register(endpoint)
// @ts-expect-error an endpoint is made of a verb
register('notesCreate', managedAppOperation)
// @ts-expect-error and a verb of a resource
create('managedAppOperations')
