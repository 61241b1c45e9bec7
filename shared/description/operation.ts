import type { HeaderField } from '../basics/headerField'
import type { Failure } from '../errors'
import { type ErrorCode, failures, statuses } from '../errors'
import type { Resource } from '../schemas/resource'

/** The answer to a request that succeeds. */
export interface AnswerFacts {
  readonly describe: string
  readonly body: 'entity' | 'collection' | 'delta' | 'count' | 'none'
  /** Headers of this answer, beside those that every answer has. */
  readonly headers: readonly string[]
}

/** The description of a verb, a part of the verb itself. */
export interface VerbFacts {
  /** The verb in `operationId`. */
  readonly name: string
  /** The verb in a heading. */
  readonly title: string
  readonly describe: string
  readonly methods: readonly string[]
  readonly suffix: string
  readonly access: 'read' | 'write'
  /** Query options that it takes, without `$`. */
  readonly queryOptions: readonly string[]
  readonly hasBody: boolean
  readonly ignoresAccept?: true
  /** Request headers that it reads. */
  readonly headers: readonly HeaderField[]
  /** Its answers by status. */
  readonly answers: Readonly<Record<number, AnswerFacts>>
  /** Checks of its own that can fail. */
  readonly failures: readonly Failure[]
}

/** A verb on a resource. */
export interface Operation {
  readonly resource: Resource
  readonly verb: VerbFacts
}

const OF_EACH: readonly Failure[] = [
  'invalidHeader',
  'invalidQueryOption',
  'missingToken',
  'invalidToken',
  'tokenExpired',
  'tokenNotYetValid',
  'missingPermission',
  'tenantNotAllowed',
  'storeThrottled',
  'tooManyInFlight',
  'unexpected',
  'storeUnavailable',
  'authorityUnavailable',
]

const OF_BODIES: readonly Failure[] = [
  'emptyPayload',
  'invalidEncoding',
  'invalidJson',
  'invalidPayload',
  'payloadTooDeep',
  'chunkedPayload',
  'payloadTooLarge',
  'documentTooLarge',
  'unsupportedContentType',
  'unsupportedContentEncoding',
]

/** The checks that can fail in an operation. */
export function failuresOf({ resource, verb }: Operation): Failure[] {
  const given: readonly Failure[] = [
    ...OF_EACH,
    ...(verb.hasBody ? OF_BODIES : []),
    ...(verb.access === 'write' ? (['partitionFull'] as const) : []),
    ...(verb.hasBody && resource.tenant !== undefined ? (['tenantMismatch'] as const) : []),
    ...(Object.keys(resource.parents).length > 0 ? (['invalidPath'] as const) : []),
    ...(verb.ignoresAccept === true ? [] : (['unacceptableMediaType'] as const)),
    ...verb.failures,
  ]
  const known = new Set(given)
  // In the order of the table of failures.
  return Object.keys(failures).filter((name): name is Failure => known.has(name as Failure)) // a key of it
}

/** The same by status. */
export function failuresByStatus(operation: Operation): ReadonlyMap<number, readonly Failure[]> {
  const byStatus = new Map<number, Failure[]>()
  for (const failure of failuresOf(operation)) {
    const code: ErrorCode = failures[failure]
    const status = statuses[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), failure])
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b))
}

const ORDER = ['', '/$count', '/{id}']

/** Operations in the order in which they are described, whatever the order in which they were registered. */
export function inOrder(operations: readonly Operation[], resources: readonly Resource[]): readonly Operation[] {
  const rank = ({ resource, verb }: Operation): number =>
    resources.indexOf(resource) * (ORDER.length + 1) + ORDER.indexOf(verb.suffix)
  return [...operations].sort((a, b) => rank(a) - rank(b))
}

/** The resources of some operations, each once, in the order of their first. */
export function resourcesOf(operations: readonly Operation[]): readonly Resource[] {
  return [...new Set(operations.map(({ resource }) => resource))]
}

/** Whether a resource has a verb. */
export function has(operations: readonly Operation[], resource: Resource, name: string): boolean {
  return operations.some((operation) => operation.resource === resource && operation.verb.name === name)
}
