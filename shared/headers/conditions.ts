import type { HeaderField } from '../basics/headerField'
import { fromETag } from '../odata/etag'

/** The header that limits a change to one version. */
export const IF_MATCH: HeaderField = {
  name: 'If-Match',
  describe:
    'ETag of the version to change, or several separated by commas; the answer is 412 for any other version. `*` matches any.',
}

/** The header that avoids reading a version that the client already has. */
export const IF_NONE_MATCH: HeaderField = {
  name: 'If-None-Match',
  describe: 'ETag of the version that the client has; while it is current, the answer is 304 without a body.',
}

/** What If-Match or If-None-Match names. */
export interface Condition {
  /** `*`: any version. */
  readonly any: boolean
  /**
   * The store's `_etag` of each tag. One that we did not issue is left out: it never matches; nor does a malformed
   * header.
   */
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
