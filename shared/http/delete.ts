import type { Resource } from '../schemas/resource'
import { type Endpoint, type Exchange, endpoint, type Verb } from './endpoint'
import { keyOf, outcomeUnknown, readOwn, unknownResource } from './entity'
import { checkIfMatch, etagMismatch, type IfMatch, namesVersions, parseIfMatch } from './ifMatch'
import type { Answer } from './respond'

// The version to delete. Only a parent, or a choice of versions, has to be looked up first.
const versionOf = async (resource: Resource, exchange: Exchange<IfMatch>): Promise<string | undefined> => {
  const { parents, asked: condition } = exchange
  const isSimple = condition === undefined || condition === '*' || condition.length === 1
  if (isSimple && Object.keys(parents).length === 0) return namesVersions(condition) ? condition[0] : undefined
  const stored = await readOwn(resource, exchange, keyOf(exchange))
  checkIfMatch(condition, stored)
  return stored.etag
}

const run = async (resource: Resource, exchange: Exchange<IfMatch>): Promise<Answer> => {
  const { store, asked: condition } = exchange
  const key = keyOf(exchange)
  for (;;) {
    const etag = await versionOf(resource, exchange)
    const result = await store.remove(resource, key, etag)
    if (result === 'removed') return { status: 204, headers: { 'OData-Version': '4.0' } }
    if (result === 'absent') throw unknownResource()
    if (namesVersions(condition)) throw result === 'hidden' ? outcomeUnknown() : etagMismatch()
    await store.yieldToOthers()
  }
}

const verb: Verb<IfMatch> = {
  methods: ['DELETE'],
  suffix: '/{id}',
  access: 'write',
  options: [],
  hasBody: false,
  ask: parseIfMatch,
  run,
}

/** `DELETE` of an entity. */
export const remove = (resource: Resource): Endpoint => endpoint(verb, resource)
