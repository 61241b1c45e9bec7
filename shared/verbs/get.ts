import { IF_NONE_MATCH, meets, parseConditions } from '../headers/conditions'
import { preferHeader } from '../headers/prefer'
import { toETag } from '../odata/etag'
import { parseSelect } from '../odata/listOptions'
import { entityContext } from '../odata/urls'
import { checkStored } from '../payload/fromStore'
import { answerEntity, ODATA_VERSION } from './answer'
import { readEntity } from './entity'
import { verb } from './verb'

/** `GET` of an entity; 304 where the client has the current version. */
export const get = verb({
  name: 'get',
  title: 'Get',
  describe: 'Reads one entity.',
  methods: ['GET', 'HEAD'],
  suffix: '/{id}',
  access: 'read',
  queryOptions: ['select', 'format'],
  hasBody: false,
  headers: [preferHeader('include-unknown-enum-members'), IF_NONE_MATCH],
  answers: {
    200: { describe: 'The entity.', body: 'entity', headers: ['ETag', 'Preference-Applied'] },
    304: { describe: 'The client has the current version.', body: 'none', headers: ['ETag'] },
  },
  failures: ['unknownResource'],
  readHeaders: parseConditions,
  readQuery: (options, resource) => ({ select: parseSelect(options.get('select'), resource) }),
  run: async (context) => {
    const { resource, root, parents, input } = context
    const { ifNoneMatch, select } = input
    const { document, etag } = await readEntity(context)
    if (ifNoneMatch !== undefined && meets(ifNoneMatch, etag)) {
      return { status: 304, headers: { ...ODATA_VERSION, ETag: toETag(etag) } }
    }
    const entity = checkStored(resource, document)
    const contextUrl = entityContext(root, resource, parents, select)
    return answerEntity(context, { status: 200, entity, etag, contextUrl, select })
  },
})
