import type { JsonObject } from '../basics/isObject'
import type { ApiError } from '../errors'
import type { Metadata } from '../headers/accept'
import { type Preferences, preferenceApplied } from '../headers/prefer'
import { toETag } from '../odata/etag'
import { type Style, serializeEntity } from '../odata/serialize'
import type { Resource } from '../schemas/resource'
import type { RequestContext } from './verb'

/** What an endpoint answers; the pipeline adds the common headers. A string or bytes are sent unchanged. */
export interface Answer {
  readonly status: number
  readonly body?: JsonObject | string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
  /** What the log is to know of, though the answer is a success: a failure of ours in a part of it. */
  readonly failure?: ApiError | undefined
}

interface EntityAnswer {
  readonly status: 200 | 201
  /** Validated properties, from the request or from the store. */
  readonly entity: JsonObject
  readonly etag: string
  readonly contextUrl: string
  readonly select?: ReadonlySet<string> | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer with one entity. */
export function answerEntity(
  context: RequestContext,
  { status, entity, etag, contextUrl, select, headers }: EntityAnswer,
): Answer {
  const tag = toETag(etag)
  return {
    status,
    headers: { ETag: tag, ...entityHeaders(context), ...headers },
    body: serializeEntity(context.resource, entity, tag, styleOf(context, select), contextUrl),
  }
}

/** An answer without a body, as `Prefer: return=minimal` asks for. */
export function answerMinimal(
  context: RequestContext,
  etag: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status: 204,
    headers: { ...ODATA_VERSION, ETag: toETag(etag), ...appliedTo(context, { returnMinimal: true }), ...headers },
  }
}

/** The header that every answer of OData has. */
export const ODATA_VERSION = { 'OData-Version': '4.0' } as const

/** How the entities of an answer are serialized. */
export function styleOf({ metadata, preferences }: RequestContext, select?: ReadonlySet<string>): Style {
  return { metadata, includeUnknownEnumMembers: preferences.includeUnknownEnumMembers, select }
}

/** Headers of an answer with entities in it. */
export function entityHeaders(
  context: RequestContext,
  applied: Partial<Preferences> = {},
): Readonly<Record<string, string>> {
  return { 'Content-Type': contentType(context.metadata), ...ODATA_VERSION, ...appliedTo(context, applied) }
}

function contentType(metadata: Metadata): string {
  return `application/json;odata.metadata=${metadata};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`
}

// The preference for hidden members is only applied where the resource has some.
function appliedTo({ resource, preferences }: RequestContext, applied: Partial<Preferences>) {
  const includeUnknownEnumMembers = preferences.includeUnknownEnumMembers && isEvolvable(resource)
  return preferenceApplied({ ...applied, includeUnknownEnumMembers })
}

function isEvolvable({ settable }: Resource): boolean {
  return settable.some(({ type }) => type.kind === 'enum' && type.hidden.length > 0)
}
