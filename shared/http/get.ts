import type { HttpRequest } from '@azure/functions'
import { type Condition, meets, parseCondition, toETag } from '../odata/etag'
import { parseSelect } from '../odata/listOptions'
import { entityContext } from '../odata/urls'
import { modelOf } from '../schemas/model'
import type { Resource } from '../schemas/resource'
import { type Endpoint, type Exchange, endpoint, type Verb } from './endpoint'
import { answerEntity, keyOf, readOwn } from './entity'
import type { Answer } from './respond'

type NoneMatch = Condition | undefined

const parseNoneMatch = ({ headers }: HttpRequest): NoneMatch => {
  const header = headers.get('if-none-match')
  return header === null ? undefined : parseCondition(header)
}

const run = async (resource: Resource, exchange: Exchange<NoneMatch>): Promise<Answer> => {
  const { root, parents, options, style, headers } = exchange
  const select = parseSelect(options.get('select'), modelOf(resource))
  const stored = await readOwn(resource, exchange, keyOf(exchange))
  if (headers !== undefined && meets(headers, stored.etag))
    return { status: 304, headers: { ETag: toETag(stored.etag) } }
  const context = entityContext(root, resource, parents, select)
  const selected = { ...exchange, style: { ...style, select: select && new Set(select) } }
  return answerEntity(resource, selected, { status: 200, stored, context })
}

const verb: Verb<NoneMatch> = {
  methods: ['GET', 'HEAD'],
  suffix: '/{id}',
  access: 'read',
  options: ['select'],
  hasBody: false,
  headers: parseNoneMatch,
  run,
}

/** `GET` of an entity; 304 where the client has the current version. */
export const get = (resource: Resource): Endpoint => endpoint(verb, resource)
