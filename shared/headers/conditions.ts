import { fromETag } from '../odata/etag'

/** Versions that a condition names: any, or the store's `_etag` of these. A tag that we did not issue never matches. */
export type Condition = '*' | readonly string[]

/** Reads If-Match or If-None-Match, undefined where it is absent; tags compare weakly (RFC 9110, 8.8.3.2). */
export function parseCondition(header: string | null): Condition | undefined {
  if (header === null) return undefined
  if (header.trim() === '*') return '*'
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.map(fromETag).filter((etag) => etag !== undefined)
}

/** Whether a version meets a condition. */
export function meets(condition: Condition, etag: string): boolean {
  return condition === '*' || condition.includes(etag)
}
