import { isGuid } from '../basics/guid'
import { ApiError, retryAfter, unknownResource } from '../errors'
import { type Condition, meets } from '../headers/conditions'
import type { Stored } from '../store/attempts'
import type { RequestContext } from './verb'

/** The id of the entity that a path names; one that is not a GUID throws `unknownResource`. */
export function entityId({ id }: RequestContext): string {
  if (!isGuid(id)) throw unknownResource()
  return id.toLowerCase()
}

/** The entity that a path names; throws `unknownResource`. */
export async function readEntity(context: RequestContext): Promise<Stored> {
  const stored = await context.store.read(context.resource, entityId(context))
  if (stored === undefined) throw unknownResource()
  return stored
}

/** The versions that a client named, so that no other may be changed; undefined where it named none. */
export function namedVersions(condition: Condition | undefined): readonly string[] | undefined {
  return condition === '*' ? undefined : condition
}

/** Throws `etagMismatch` where the version at hand is none of those that the client named. */
export function checkIfMatch(condition: Condition | undefined, { etag }: Stored): void {
  if (condition !== undefined && !meets(condition, etag)) throw etagMismatch()
}

/** The failure of a change to another version than the client named. */
export function etagMismatch(): ApiError {
  return new ApiError('etagMismatch', 'The resource has another version than If-Match names: read it again.', {
    target: 'If-Match',
  })
}

/** The failure of a change that may have been made, but was hidden by a later one. */
export function outcomeUnknown(): ApiError {
  const message = 'Whether the change was made cannot be told: read the resource again.'
  return new ApiError('storeUnavailable', message, { headers: retryAfter() })
}
