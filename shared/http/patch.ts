import { entityContext } from '../odata/urls'
import { merge, refuseImmutable } from '../schemas/merge'
import { parsePatch } from '../schemas/parse'
import type { Members } from '../schemas/problems'
import type { Resource } from '../schemas/resource'
import { ownNames, parseStored } from '../schemas/stored'
import type { Key, Stored } from '../store/reply'
import { WRITE_ID } from '../store/store'
import { type Endpoint, type Exchange, endpoint, type Verb } from './endpoint'
import {
  answerEntity,
  answerMinimal,
  checkSize,
  checkTenant,
  keyOf,
  outcomeUnknown,
  readOwn,
  unknownResource,
} from './entity'
import { checkIfMatch, type IfMatch, namesVersions, parseIfMatch } from './ifMatch'
import type { Answer } from './respond'

const nextVersion = (
  resource: Resource,
  { now, requestId }: Exchange<IfMatch>,
  { document, etag }: Stored,
  changes: Members,
): Stored => {
  const current = parseStored(resource, document)
  refuseImmutable(resource, current, changes)
  const next = { ...ownNames(resource, document), ...merge(resource, current, changes, now), [WRITE_ID]: requestId }
  checkSize(next)
  return { document: next, etag }
}

// Of two writers at once neither's properties are lost: who loses the race merges into the newer version.
const apply = async (resource: Resource, exchange: Exchange<IfMatch>, key: Key, changes: Members): Promise<Stored> => {
  const { store, asked: condition } = exchange
  for (;;) {
    const stored = await readOwn(resource, exchange, key)
    checkIfMatch(condition, stored)
    const result = await store.replace(resource, key, nextVersion(resource, exchange, stored, changes))
    if (typeof result === 'object') return result
    if (result === 'absent') throw unknownResource()
    if (result === 'hidden' && namesVersions(condition)) throw outcomeUnknown()
    await store.yieldToOthers()
  }
}

const run = async (resource: Resource, exchange: Exchange<IfMatch>): Promise<Answer> => {
  const { body, prefer, caller, root, parents } = exchange
  const key = keyOf(exchange)
  const changes = parsePatch(resource, body.value, prefer.showHidden)
  checkTenant(resource, changes, caller)
  const stored = await apply(resource, exchange, key, changes)
  if (prefer.minimal) return answerMinimal(resource, exchange, stored.etag, {})
  const entity = parseStored(resource, stored.document)
  return answerEntity(resource, exchange, {
    status: 200,
    entity,
    etag: stored.etag,
    context: entityContext(root, resource, parents),
  })
}

const verb: Verb<IfMatch> = {
  methods: ['PATCH'],
  suffix: '/{id}',
  access: 'write',
  options: [],
  hasBody: true,
  ask: parseIfMatch,
  run,
}

/** `PATCH` of an entity: merges what was sent into the newest version, or into the one that If-Match names. */
export const patch = (resource: Resource): Endpoint => endpoint(verb, resource)
