import { type Condition, meets, parseCondition, toETag } from '../odata/etag'
import { parseSelect } from '../odata/listOptions'
import { entityContext } from '../odata/urls'
import type { Resource } from '../schemas/resource'
import { parseStored } from '../schemas/stored'
import { type Endpoint, type Exchange, endpoint, type Question, type Verb } from './endpoint'
import { answerEntity, keyOf, readOwn } from './entity'
import type { Answer } from './respond'

interface Asked {
  /** The versions that the client has. */
  readonly noneMatch: Condition | undefined
  readonly select: readonly string[] | undefined
}

const ask = ({ headers, options, model }: Question): Asked => {
  const header = headers.get('if-none-match')
  const noneMatch = header === null ? undefined : parseCondition(header)
  return { noneMatch, select: parseSelect(options().get('select'), model) }
}

const run = async (resource: Resource, exchange: Exchange<Asked>): Promise<Answer> => {
  const { root, parents, style } = exchange
  const { noneMatch, select } = exchange.asked
  const stored = await readOwn(resource, exchange, keyOf(exchange))
  if (noneMatch !== undefined && meets(noneMatch, stored.etag)) {
    return { status: 304, headers: { 'OData-Version': '4.0', ETag: toETag(stored.etag) } }
  }
  const context = entityContext(root, resource, parents, select)
  const selecting = { ...exchange, style: { ...style, select: select && new Set(select) } }
  return answerEntity(resource, selecting, {
    status: 200,
    entity: parseStored(resource, stored.document),
    etag: stored.etag,
    context,
  })
}

const verb: Verb<Asked> = {
  methods: ['GET', 'HEAD'],
  suffix: '/{id}',
  access: 'read',
  options: ['select'],
  hasBody: false,
  ask,
  run,
}

/** `GET` of an entity; 304 where the client has the current version. */
export const get = (resource: Resource): Endpoint => endpoint(verb, resource)
