import { unknownResource } from '../errors'
import { type Conditions, IF_MATCH, parseConditions } from '../headers/conditions'
import { ODATA_VERSION } from './answer'
import { checkConditions, entityId, etagMismatch, namedVersions, outcomeUnknown, readEntity } from './entity'
import { nothing, type RequestContext, verb } from './verb'

/** `DELETE` of an entity. */
export const remove = verb({
  name: 'delete',
  title: 'Delete',
  describe: 'Deletes one entity.',
  methods: ['DELETE'],
  suffix: '/{id}',
  access: 'write',
  queryOptions: [],
  hasBody: false,
  headers: [IF_MATCH],
  answers: { 204: { describe: 'Deleted.', body: 'none', headers: [] } },
  failures: ['unknownResource', 'concurrentChange', 'etagMismatch'],
  readHeaders: parseConditions,
  readQuery: nothing,
  run: async (context) => {
    const { resource, store, input } = context
    const id = entityId(context)
    for (;;) {
      const result = await store.remove(resource, id, await versionsToRemove(context))
      if (result === 'removed') return { status: 204, headers: ODATA_VERSION }
      if (result === 'absent') throw unknownResource()
      if (namedVersions(input) !== undefined) throw result === 'hidden' ? outcomeUnknown() : etagMismatch(input)
      await store.yieldToOthers()
    }
  },
})

// The store cannot exclude a version, so the current one is read and named in the delete.
async function versionsToRemove(context: RequestContext<Conditions>): Promise<readonly string[] | undefined> {
  const { input } = context
  if (input.ifNoneMatch === undefined) return namedVersions(input)
  const stored = await readEntity(context)
  checkConditions(input, stored)
  return [stored.etag]
}
