import type { Caller } from '../auth/caller'
import { ApiError, RETRY_AFTER_SECONDS } from '../errors'
import { toETag } from '../odata/etag'
import { printEntity } from '../odata/print'
import type { Parents } from '../odata/urls'
import { modelOf } from '../schemas/model'
import type { Members } from '../schemas/problems'
import type { Resource } from '../schemas/resource'
import { TENANT } from '../schemas/stored'
import type { Key, Stored } from '../store/reply'
import type { Exchange } from './endpoint'
import { applied } from './prefer'
import { type Answer, jsonHeaders } from './respond'

// A document ends at 2 MB in Cosmos DB: learn.microsoft.com/azure/cosmos-db/concepts-limits.
const MAX_DOCUMENT_BYTES = 2_000_000

// What is stored of a body is less than four times as long, as where a number like 1e15 is written out or an empty
// password replaced, and a few hundred bytes; twice that is safe. Measuring a document costs as much as printing it.
const MOST_GROWTH = 8

/** The failure of a request for an entity that is not there, or is another partner's: nobody can tell which. */
export const unknownResource = (): ApiError => new ApiError('unknownResource', 'There is no such resource.')

/** Throws `tenantMismatch` where the body names another tenant than the caller's own. */
export const checkTenant = (resource: Resource, properties: Members, { tenantId }: Caller): void => {
  const { tenant } = modelOf(resource)
  const given = tenant === undefined ? undefined : properties[tenant.name]
  if (tenant === undefined || given === undefined || given === tenantId) return
  throw new ApiError('tenantMismatch', `'${tenant.name}' must be the tenant of the token.`, { target: tenant.name })
}

/** Throws `documentTooLarge` where the store could not take the document. `sent`: bytes of the body that it was made of. */
export const checkSize = (document: Members, sent = Number.POSITIVE_INFINITY): void => {
  if (sent * MOST_GROWTH <= MAX_DOCUMENT_BYTES) return
  if (Buffer.byteLength(JSON.stringify(document)) <= MAX_DOCUMENT_BYTES) return
  throw new ApiError('documentTooLarge', `The stored document would be larger than ${MAX_DOCUMENT_BYTES} bytes.`)
}

/** Whether a document is this partner's and below these parents; what is not is never answered. */
export const belongs = ({ document }: Stored, { tenantId }: Caller, parents: Parents): boolean =>
  document[TENANT] === tenantId && Object.entries(parents).every(([name, value]) => document[name] === value)

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The key of the entity that a path names; an id that is no GUID throws `unknownResource`. */
export const keyOf = ({ caller, id = '' }: Exchange<unknown>): Key => {
  if (!GUID.test(id)) throw unknownResource()
  return { tenantId: caller.tenantId, id: id.toLowerCase() }
}

/** The caller's own entity below the parents of the path; throws `unknownResource`. */
export const readOwn = async (resource: Resource, exchange: Exchange<unknown>, key: Key): Promise<Stored> => {
  const stored = await exchange.store.read(resource, key)
  if (stored === undefined || !belongs(stored, exchange.caller, exchange.parents)) throw unknownResource()
  return stored
}

/** The failure of a change that may have been made, but was hidden by a later one. */
export const outcomeUnknown = (): ApiError =>
  new ApiError('storeUnavailable', 'Whether the change was made cannot be told: read the resource again.', {
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  })

interface EntityAnswer {
  readonly status: 200 | 201
  /** Properties that have been checked: on the way in, or when they were read back. */
  readonly entity: Members
  readonly etag: string
  readonly context: string
  readonly headers?: Readonly<Record<string, string>>
}

const isEvolvable = (resource: Resource): boolean =>
  modelOf(resource).enums.some(({ type }) => type.kind === 'enum' && type.hidden.length > 0)

/** Preferences that shaped this answer: that on hidden members matters only where there are such. */
export const appliedTo = (resource: Resource, { prefer }: Exchange<unknown>, minimal: boolean) =>
  applied({ minimal, showHidden: prefer.showHidden && isEvolvable(resource) })

/** An answer that consists of one entity. */
export const answerEntity = (
  resource: Resource,
  exchange: Exchange<unknown>,
  { status, entity, etag, context, headers }: EntityAnswer,
): Answer => {
  const { style } = exchange
  const tag = toETag(etag)
  return {
    status,
    headers: {
      ETag: tag,
      ...jsonHeaders(style.metadata),
      ...appliedTo(resource, exchange, false),
      ...headers,
    },
    body: printEntity(resource, entity, tag, style, context),
  }
}

/** An answer without a body, as `Prefer: return=minimal` asks for. */
export const answerMinimal = (
  resource: Resource,
  exchange: Exchange<unknown>,
  etag: string,
  headers: Readonly<Record<string, string>>,
): Answer => ({
  status: 204,
  headers: { 'OData-Version': '4.0', ETag: toETag(etag), ...appliedTo(resource, exchange, true), ...headers },
})
