import { appOperation, operation, result, type Sample } from '../api/samples'
import type { Kind } from '../fakes/sent'
import { type Call, NOW, type Reply } from '../harness'
import { bodyFor } from './bodyFor'
import { batched, bulkOf } from './carried'

/** The entity that a verb works on. */
export interface Target {
  readonly tenant: string
  readonly id: string
  readonly etag: string
}

/** A verb: the request, and what it does when all is well. */
export interface VerbCase {
  readonly name: string
  readonly sample: Sample
  /** The request to the store that matters. */
  readonly kind: Kind
  readonly request: (target: Target) => Call
  readonly status: number
  /** Documents of the partner when it is done; there was one before, but for creates. */
  readonly documents: number
  /** Whether it changes something: then a fault behind the change matters. */
  readonly writes: boolean
  /** The status of the same request once more. */
  readonly again: number
  /** Documents of the partner after that. */
  readonly documentsAgain: number
  /** What of an answer tells how the verb fared, where it is within another. */
  readonly part?: (reply: Reply) => Reply
}

/** Whether a verb makes what was not there before. */
export const isCreate = ({ kind }: VerbCase): boolean => kind === 'create' || kind === 'batch'

/** A client's own id for a create that may be repeated, the same for one partner. */
export const repeatable = (id: string): Readonly<Record<string, string>> => ({
  'Repeatability-Request-ID': id,
  'Repeatability-First-Sent': NOW.toUTCString(),
})

const itemPath = ({ path }: Sample, { id }: Target): string => `${path}/${id}`

/** What a PATCH of the tests changes. */
export const changesOf = ({ name }: Sample): Readonly<Record<string, string>> =>
  name === appOperation.name ? { state: 'changed' } : { executionInfo: 'changed', description: 'changed' }

const create = (name: string, sample: Sample, headers: (target: Target) => Call['headers'] = () => ({})): VerbCase => ({
  name,
  sample,
  kind: 'create',
  request: (target) => ({
    path: sample.path,
    body: bodyFor(sample, target.tenant),
    headers: headers(target) ?? {},
    token: { tenant: target.tenant },
  }),
  status: 201,
  documents: 1,
  writes: true,
  again: 201,
  documentsAgain: 2,
})

const read = (name: string, sample: Sample, kind: Kind, toPath: (target: Target) => string): VerbCase => ({
  name,
  sample,
  kind,
  request: (target) => ({ path: toPath(target), token: { tenant: target.tenant } }),
  status: 200,
  documents: 1,
  writes: false,
  again: 200,
  documentsAgain: 1,
})

const ifMatch = ({ etag }: Target) => ({ 'if-match': etag })

const patch = (name: string, sample: Sample, headers?: (target: Target) => Call['headers']): VerbCase => ({
  name,
  sample,
  kind: 'replace',
  request: (target) => ({
    method: 'PATCH',
    path: itemPath(sample, target),
    body: changesOf(sample),
    headers: headers?.(target) ?? {},
    token: { tenant: target.tenant },
  }),
  status: 200,
  documents: 1,
  writes: true,
  again: headers === undefined ? 200 : 412,
  documentsAgain: 1,
})

const remove = (name: string, sample: Sample, headers?: (target: Target) => Call['headers']): VerbCase => ({
  name,
  sample,
  kind: 'delete',
  request: (target) => ({
    method: 'DELETE',
    path: itemPath(sample, target),
    headers: headers?.(target) ?? {},
    token: { tenant: target.tenant },
  }),
  status: 204,
  documents: 0,
  writes: true,
  again: 404,
  documentsAgain: 0,
})

/** Every verb that is tried. Those of another resource ask the store in another way. */
export const verbCases: readonly VerbCase[] = [
  create('create', operation),
  { ...create('repeatable create', operation, ({ id }) => repeatable(id)), documentsAgain: 1 },
  read('get', operation, 'read', (target) => itemPath(operation, target)),
  read('list', operation, 'query', () => `${operation.path}?$count=true`),
  read('count', operation, 'query', () => `${operation.path}/$count`),
  patch('patch', operation),
  patch('patch with If-Match', operation, ifMatch),
  remove('delete', operation),
  remove('delete with If-Match', operation, ifMatch),
  { ...create('repeatable create, hierarchical key', result, ({ id }) => repeatable(id)), documentsAgain: 1 },
  read('list, hierarchical key', result, 'query', () => `${result.path}?$count=true`),
  patch('patch, hierarchical key', result),
  remove('delete, hierarchical key', result),
  remove('delete below a parent', appOperation),
  batched({ ...create('repeatable create', operation, ({ id }) => repeatable(id)), documentsAgain: 1 }),
  batched(patch('patch', operation)),
  batched(read('list', operation, 'query', () => `${operation.path}?$count=true`)),
  bulkOf(result),
  bulkOf(appOperation),
]
