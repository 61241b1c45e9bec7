import type { HeaderField } from '../basics/headerField'
import { fromETag } from '../odata/etag'

/** The header of a change that is meant for one version. */
export const IF_MATCH: HeaderField = {
  name: 'If-Match',
  describe:
    'ETag of the version that is to be changed, or several separated by commas; with another version 412 is answered. `*` matches any.',
}

/** The header of a read that may be saved. */
export const IF_NONE_MATCH: HeaderField = {
  name: 'If-None-Match',
  describe: 'ETag of the version that the client has; while it is the current one, 304 is answered without a body.',
}

/** What If-Match or If-None-Match names. */
export interface Condition {
  /** `*`: any version. */
  readonly any: boolean
  /** The store's `_etag` of each tag. One that we did not issue is left out: it never matches; nor does a malformed header. */
  readonly versions: readonly string[]
  /** True where the header is neither `*` nor a list of entity tags. */
  readonly isMalformed: boolean
}

/** The conditions of a request; undefined where it has none. */
export interface Conditions {
  readonly ifMatch: Condition | undefined
  readonly ifNoneMatch: Condition | undefined
}

const TAG = /(?:W\/)?"[^"]*"/g
const SEPARATORS = /^[ \t,]*$/

/** Reads If-Match and If-None-Match; tags compare weakly (RFC 9110, 8.8.3.2). */
export function parseConditions(headers: Headers): Conditions {
  return { ifMatch: parse(headers.get('if-match')), ifNoneMatch: parse(headers.get('if-none-match')) }
}

/** Whether a version meets a condition. */
export function meets({ any, versions }: Condition, etag: string): boolean {
  return any || versions.includes(etag)
}

function parse(header: string | null): Condition | undefined {
  if (header === null) return undefined
  if (header.trim() === '*') return { any: true, versions: [], isMalformed: false }
  const tags = header.match(TAG) ?? []
  const isMalformed = tags.length === 0 || !SEPARATORS.test(header.replace(TAG, ''))
  const versions = isMalformed ? [] : tags.map(fromETag).filter((etag) => etag !== undefined)
  return { any: false, versions, isMalformed }
}
