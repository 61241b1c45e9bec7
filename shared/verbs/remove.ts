import { unknownResource } from '../errors'
import { parseCondition } from '../headers/conditions'
import { ODATA_VERSION } from './answer'
import { entityId, etagMismatch, namedVersions, outcomeUnknown } from './entity'
import { nothing, verb } from './verb'

/** `DELETE` of an entity. */
export const remove = verb({
  methods: ['DELETE'],
  suffix: '/{id}',
  access: 'write',
  queryOptions: [],
  hasBody: false,
  readHeaders: (headers) => ({ ifMatch: parseCondition(headers.get('if-match')) }),
  readQuery: nothing,
  run: async (context) => {
    const { resource, store, input } = context
    const id = entityId(context)
    const versions = namedVersions(input.ifMatch)
    for (;;) {
      const result = await store.remove(resource, id, versions)
      if (result === 'removed') return { status: 204, headers: ODATA_VERSION }
      if (result === 'absent') throw unknownResource()
      if (versions !== undefined) throw result === 'hidden' ? outcomeUnknown() : etagMismatch()
      await store.yieldToOthers()
    }
  },
})
