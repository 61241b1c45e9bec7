import type { HttpMethod } from '@azure/functions'
import type { Caller } from '../auth/caller'
import type { Access } from '../auth/permissions'
import type { HeaderField } from '../basics/headerField'
import type { Failure } from '../errors'
import type { Metadata } from '../headers/accept'
import type { Preferences } from '../headers/prefer'
import type { QueryOptions } from '../odata/queryOptions'
import type { Parents, Root } from '../odata/urls'
import type { PropertyDeclaration } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import type { Store } from '../store/store'
import type { Answer } from './answer'

/** The JSON value of a body, and its length in bytes, decoded. */
export interface Body {
  readonly value: unknown
  readonly bytes: number
}

/** A validated request: everything a verb works with. `Input` is what the verb itself parsed. */
export interface RequestContext<Input = unknown> {
  readonly resource: Resource
  readonly caller: Caller
  readonly root: Root
  /** As it was requested. */
  readonly url: URL
  readonly metadata: Metadata
  readonly preferences: Preferences
  readonly input: Input
  readonly queryOptions: QueryOptions
  /** The body; without a value where the verb takes none. */
  readonly body: Body
  readonly parents: Parents
  /** URL of the collection that the path names, without query. */
  readonly collectionUrl: string
  /** The last parameter of the path, where the route has one; not yet known to be a GUID. */
  readonly id: string
  /** The store, opened for the caller's tenant and these parents. */
  readonly store: Store
  readonly now: Date
  readonly newId: () => string
  /** Id of the request, and of the write that it makes. */
  readonly requestId: string
  readonly clientRequestId: string
  /** Takes another slot, if one is free, for more work at the same time; returns what gives it back. */
  readonly takeSlot: () => (() => void) | undefined
}

/** What is in an answer. */
interface AnswerFacts {
  readonly describe: string
  readonly body: 'entity' | 'collection' | 'delta' | 'count' | 'value' | 'none'
  readonly headers: readonly string[]
}

/** What a verb does with a resource. Headers are parsed before query options, and both before the body. */
export interface Verb<FromHeaders extends object = object, FromQuery extends object = object> {
  /** What it is called in the description of the API: in `operationId`, and in a heading. */
  readonly name: string
  readonly title: string
  /** What it does, in plain words. */
  readonly describe: string
  readonly methods: readonly HttpMethod[]
  /** What follows the collection in its route. */
  readonly suffix: '' | '/{id}' | '/$count' | '/{id}/summary'
  /** True for an OData function: its name may be qualified and have `()` after it, and its deadline is longer. */
  readonly isFunction?: true
  /** The type of the value that a function returns. */
  readonly returns?: PropertyDeclaration
  readonly access: Access
  /** Query options, without `$`, that it takes. */
  readonly queryOptions: readonly string[]
  readonly hasBody: boolean
  /** Bytes that its body may have, decoded, where it is not what any body may have. */
  readonly maxBytes?: number
  /** True where it is as much work as many: its deadline is longer, and it is not part of a batch. */
  readonly isBulk?: true
  /** True where the answer is not JSON, so that Accept does not matter. */
  readonly ignoresAccept?: true
  /** Request headers that it reads in addition to the common ones. */
  readonly headers: readonly HeaderField[]
  /** Its successful answers by status, and their headers. */
  readonly answers: Readonly<Record<number, AnswerFacts>>
  /** Its own checks that can fail, in addition to those of every request and every body. */
  readonly failures: readonly Failure[]
  /** Parses the headers that only this verb takes; throws where one is invalid. */
  readonly readHeaders: (headers: Headers, now: Date) => FromHeaders
  /** Parses the query options; throws where one is invalid. */
  readonly readQuery: (options: QueryOptions, resource: Resource, preferences: Preferences) => FromQuery
  readonly run: (context: RequestContext<FromHeaders & FromQuery>) => Promise<Answer>
}

/** A verb, its types inferred from what it reads. */
export function verb<FromHeaders extends object, FromQuery extends object>(
  declaration: Verb<FromHeaders, FromQuery>,
): Verb<FromHeaders, FromQuery> {
  return declaration
}

/** For a verb that reads no headers, or no query options, of its own. */
export function nothing(): object {
  return {}
}
