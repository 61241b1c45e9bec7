import type { HeaderField } from '../basics/headerField'
import type { Failure } from '../errors'
import { type ErrorCode, failures, statuses } from '../errors'
import { type PropertyDeclaration, type Structure, toStructure } from '../schemas/property'
import type { Resource } from '../schemas/resource'

/** The answer to a request that succeeds. */
export interface AnswerFacts {
  readonly describe: string
  readonly body: 'entity' | 'collection' | 'delta' | 'count' | 'value' | 'none'
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
  readonly isFunction?: true
  /** What a function returns. */
  readonly returns?: PropertyDeclaration
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
  /** Where the path begins, and the navigation property that leads from there to the resource. */
  readonly through?: { readonly source: Resource; readonly name: string } | undefined
}

/** The resource under which an operation is listed: the one that its path begins with. */
export function startOf({ resource, through }: Operation): Resource {
  return through?.source ?? resource
}

/** What an operation is called. */
export function operationId(operation: Operation): string {
  const { verb, through } = operation
  const name = through === undefined ? '' : through.name.replace(/^./, (letter) => letter.toUpperCase())
  return `${startOf(operation).container}.${verb.name}${name}`
}

/** The path of an operation, below the version. */
export function pathOf(operation: Operation): string {
  const { verb, through } = operation
  return `/${startOf(operation).route}${through === undefined ? '' : `/{id}/${through.name}`}${verb.suffix}`
}

/** The facts about batches. */
export interface BatchFacts
  extends Pick<VerbFacts, 'name' | 'title' | 'describe' | 'methods' | 'headers' | 'failures'> {
  /** Its path below the version. */
  readonly route: string
  /** Its answers by status. */
  readonly answers: Readonly<Record<number, Omit<AnswerFacts, 'body'>>>
  readonly minRequests: number
  readonly maxRequests: number
  /** The methods that its requests may have. */
  readonly requestMethods: readonly string[]
  /** Those of them that take no body. */
  readonly bodiless: readonly string[]
}

/** Everything that is described. */
export interface Api {
  readonly operations: readonly Operation[]
  /** One, if the service takes batches. */
  readonly batches: readonly BatchFacts[]
}

const OF_EACH: readonly Failure[] = [
  'invalidHeader',
  'invalidQueryOption',
  'missingToken',
  'invalidToken',
  'tokenExpired',
  'tokenNotYetValid',
  'tooManyInFlight',
  'unexpected',
  'authorityUnavailable',
]

const OF_RECORDS: readonly Failure[] = ['missingPermission', 'tenantNotAllowed', 'storeThrottled', 'storeUnavailable']

const OF_BODIES: readonly Failure[] = [
  'emptyPayload',
  'invalidEncoding',
  'invalidJson',
  'invalidPayload',
  'chunkedPayload',
  'payloadTooLarge',
  'unsupportedContentType',
  'unsupportedContentEncoding',
]

const OF_DOCUMENTS: readonly Failure[] = ['payloadTooDeep', 'documentTooLarge']

/** The checks that can fail in an operation. */
export function failuresOf({ resource, verb, through }: Operation): Failure[] {
  const given: readonly Failure[] = [
    ...OF_EACH,
    ...OF_RECORDS,
    ...(verb.hasBody ? [...OF_BODIES, ...OF_DOCUMENTS] : []),
    ...(verb.access === 'write' ? (['partitionFull'] as const) : []),
    ...(verb.hasBody && resource.tenant !== undefined ? (['tenantMismatch'] as const) : []),
    ...(Object.keys(resource.parents).length > 0 ? (['invalidPath'] as const) : []),
    ...(verb.ignoresAccept === true ? [] : (['unacceptableMediaType'] as const)),
    ...(through === undefined ? [] : (['unknownResource'] as const)),
    ...verb.failures,
  ]
  return inTableOrder(given)
}

/** The checks that can fail for a batch as a whole. Checks of records fail only the request that they belong to. */
export function failuresOfBatch({ failures: own }: BatchFacts): Failure[] {
  return inTableOrder([...OF_EACH, ...OF_BODIES, ...own])
}

/** Checks by the status of their failure. */
export function failuresByStatus(checks: readonly Failure[]): ReadonlyMap<number, readonly Failure[]> {
  const byStatus = new Map<number, Failure[]>()
  for (const failure of checks) {
    const code: ErrorCode = failures[failure]
    const status = statuses[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), failure])
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b))
}

function inTableOrder(given: readonly Failure[]): Failure[] {
  const known = new Set(given)
  return Object.keys(failures).filter((name): name is Failure => known.has(name as Failure)) // a key of it
}

const ORDER = ['', '/$count', '/{id}', '/{id}/summary']

/** Operations in the order in which they are described, whatever the order in which they were registered. */
export function inOrder(operations: readonly Operation[], resources: readonly Resource[]): readonly Operation[] {
  const rank = (operation: Operation): number =>
    resources.indexOf(startOf(operation)) * 2 * ORDER.length +
    (operation.through === undefined ? 0 : ORDER.length) +
    ORDER.indexOf(operation.verb.suffix)
  return [...operations].sort((a, b) => rank(a) - rank(b))
}

/** The resources of some operations, each once, in the order of their first. */
export function resourcesOf(operations: readonly Operation[]): readonly Resource[] {
  return [...new Set(operations.map(startOf))]
}

/** What the functions among some operations return, in the form of a structure: each under the function's name. */
export function returnedBy(operations: readonly Operation[]): Structure {
  const functions = operations.flatMap(({ verb: { name, returns } }) =>
    returns === undefined ? [] : [[name, returns]],
  )
  return toStructure(false, Object.fromEntries(functions))
}

/** Whether a resource has a verb. */
export function has(operations: readonly Operation[], resource: Resource, name: string): boolean {
  return operations.some(
    (operation) => !operation.through && operation.resource === resource && operation.verb.name === name,
  )
}
