import { partsOf } from '../api/batches'
import { entitiesOf, repeatableBulk } from '../api/bulks'
import type { Sample } from '../api/samples'
import type { Call, Reply } from '../harness'
import { bodyFor } from './bodyFor'
import type { VerbCase } from './verbs'

/** The same verb as the one request of a batch. */
export const batched = (verb: VerbCase): VerbCase => ({
  ...verb,
  name: `${verb.name} in a batch`,
  request: (target) => {
    const { path, body, headers, token, method = body === undefined ? 'GET' : 'POST' } = verb.request(target)
    const own = { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }
    const requests = [{ id: '1', method, url: path, headers: own, body }]
    return { path: '/v1.0/$batch', body: { requests }, ...(token !== undefined && { token }) } satisfies Call
  },
  part: (reply) => {
    const [part] = partsOf(reply)
    if (part === undefined) return reply
    const json = typeof part.body === 'object' ? part.body : {}
    const log: Reply['log'] = JSON.parse(reply.logged[0] ?? '{}')
    const headers = new Headers(part.headers)
    return { ...reply, status: part.status, headers, json, text: JSON.stringify(json), log }
  },
})

const ENTITIES = 3

/** A repeatable bulk; its answer is that of the entity that fared worst. */
export const bulkOf = (sample: Sample): VerbCase => ({
  name: `bulk of ${sample.name}`,
  sample,
  kind: 'batch',
  request: ({ tenant, id }) => ({
    method: 'PATCH',
    path: sample.path,
    body: { value: Array.from({ length: ENTITIES }, () => bodyFor(sample, tenant)) },
    headers: { prefer: 'continue-on-error', ...repeatableBulk(id) },
    token: { tenant },
  }),
  status: 200,
  documents: ENTITIES,
  writes: true,
  again: 200,
  documentsAgain: ENTITIES,
  part: worstOf,
})

const worstOf = (reply: Reply): Reply => {
  const exceptions = entitiesOf(reply).map((entity) => entity['@Core.DataModificationException'])
  const failed = exceptions.filter((exception) => exception !== undefined) as { responseCode: number; info: object }[] // OData's
  const [worst] = failed.sort((a, b) => b.responseCode - a.responseCode)
  if (worst === undefined) return reply
  const { responseCode: status, info: error } = worst
  // An entity has no headers of its own.
  const headers = new Headers({ 'content-type': 'application/json', 'retry-after': status === 429 ? '1' : '2' })
  return { ...reply, status, headers, json: { error }, text: JSON.stringify(error) }
}
