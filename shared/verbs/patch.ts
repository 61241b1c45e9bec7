import type { JsonObject } from '../basics/isObject'
import type { Stored } from '../cosmos/attempts'
import { unknownResource } from '../errors'
import { type Conditions, IF_MATCH, parseConditions } from '../headers/conditions'
import { preferHeader } from '../headers/prefer'
import { entityContext } from '../odata/urls'
import { checkDocumentSize } from '../payload/documentSize'
import { checkStored, fromStore, internalMembers } from '../payload/fromStore'
import { merge, refuseImmutable } from '../payload/merge'
import { parsePatch } from '../payload/parse'
import { checkTenant } from '../payload/tenant'
import { WRITE_ID } from '../schemas/storeNames'
import { answerEntity, answerMinimal } from './answer'
import { checkConditions, entityId, identitySetOf, namedVersions, outcomeUnknown, readEntity } from './entity'
import { nothing, type RequestContext, verb } from './verb'

/** `PATCH` of an entity: merges what was sent into the newest version, or into the one that If-Match names. */
export const patch = verb({
  name: 'patch',
  title: 'Update',
  describe:
    'Merges what is sent: members replace, complex values merge member by member, collections and dynamic values are replaced whole, null clears an optional property. What is not sent stays as it is.',
  methods: ['PATCH'],
  suffix: '/{id}',
  access: 'write',
  queryOptions: [],
  hasBody: true,
  headers: [preferHeader('return=minimal', 'include-unknown-enum-members'), IF_MATCH],
  answers: {
    200: { describe: 'The entity as it is now.', body: 'entity', headers: ['ETag', 'Preference-Applied'] },
    204: {
      describe: 'Changed; no body, as `Prefer: return=minimal` asks for.',
      body: 'none',
      headers: ['ETag', 'Preference-Applied'],
    },
  },
  failures: ['unknownResource', 'concurrentChange', 'etagMismatch'],
  readHeaders: parseConditions,
  readQuery: nothing,
  run: async (context) => {
    const { resource, body, preferences, caller, root, parents } = context
    const id = entityId(context)
    const changes = parsePatch(resource, body.value, preferences.includeUnknownEnumMembers)
    checkTenant(resource, changes, caller.tenantId)
    const { document, etag } = await apply(context, id, changes)
    if (preferences.returnMinimal) return answerMinimal(context, etag)
    const entity = checkStored(resource, document)
    return answerEntity(context, { status: 200, entity, etag, contextUrl: entityContext(root, resource, parents) })
  },
})

type PatchContext = RequestContext<Conditions>

// Concurrent writers do not lose each other's properties: the one that loses the race merges into the newer version.
async function apply(context: PatchContext, id: string, changes: JsonObject): Promise<Stored> {
  const { resource, store, input } = context
  for (;;) {
    const stored = await readEntity(context)
    checkConditions(input, stored)
    const result = await store.replace(resource, id, nextVersion(context, stored, changes))
    if (typeof result === 'object') return result
    if (result === 'absent') throw unknownResource()
    if (result === 'hidden' && namedVersions(input) !== undefined) throw outcomeUnknown()
    await store.yieldToOthers()
  }
}

function nextVersion({ resource, caller, now, requestId }: PatchContext, stored: Stored, changes: JsonObject): Stored {
  const current = fromStore(resource, stored.document)
  refuseImmutable(resource, current, changes)
  const document = {
    ...internalMembers(resource, stored.document),
    ...merge(resource, current, changes, { now, by: identitySetOf(caller) }),
    [WRITE_ID]: requestId,
  }
  checkDocumentSize(document)
  return { document, etag: stored.etag }
}
