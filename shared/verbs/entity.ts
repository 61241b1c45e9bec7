import type { Caller } from '../auth/caller'
import { isGuid } from '../basics/guid'
import type { JsonObject } from '../basics/isObject'
import type { Stored } from '../cosmos/attempts'
import { ApiError, retryAfter, unknownResource } from '../errors'
import { type Conditions, meets } from '../headers/conditions'
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

/** The caller of a request in the form of `createdBy` and `lastModifiedBy`. */
export function identitySetOf({ application, user }: Caller): JsonObject {
  return { application, user }
}

/** The versions that If-Match allows to be changed; undefined for any. */
export function namedVersions({ ifMatch }: Conditions): readonly string[] | undefined {
  return ifMatch === undefined || ifMatch.any ? undefined : ifMatch.versions
}

/** Throws `etagMismatch` where these conditions do not allow the current version to be changed. */
export function checkConditions(conditions: Conditions, { etag }: Stored): void {
  const { ifMatch, ifNoneMatch } = conditions
  if (ifMatch !== undefined && !meets(ifMatch, etag)) throw etagMismatch(conditions)
  if (ifNoneMatch === undefined || !meets(ifNoneMatch, etag)) return
  const message = 'The resource exists in a version that If-None-Match excludes.'
  throw new ApiError('etagMismatch', message, { target: 'If-None-Match' })
}

/** The failure of a change to another version than If-Match names. */
export function etagMismatch({ ifMatch }: Conditions): ApiError {
  const message =
    ifMatch?.isMalformed === true
      ? 'If-Match is malformed: it must be * or entity tags in double quotes, as in ETag and @odata.etag.'
      : 'The current version of the resource is not the one in If-Match: read it again.'
  return new ApiError('etagMismatch', message, { target: 'If-Match' })
}

/** The failure of a change that may have been made and then overwritten by a later one. */
export function outcomeUnknown(): ApiError {
  const message = 'It is unknown whether the change was made: read the resource again.'
  return new ApiError('storeUnavailable', message, { headers: retryAfter() })
}
