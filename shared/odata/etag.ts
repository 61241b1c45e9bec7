/**
 * The ETag of a version: the store's own `_etag` (with its double quotes) in single quotes, base64, as a weak tag.
 * Graph's own services on Cosmos DB print it like this; it can be turned back.
 */
export const toETag = (etag: string): string => `W/"${Buffer.from(`'${etag}'`).toString('base64')}"`

// What the store makes: visible ASCII in double quotes. Anything else could mean something else in a header of ours.
const STORE_ETAG = /^'("[!#-~]+")'$/

const fromETag = (tag: string): string | undefined => {
  const encoded = /^(?:W\/)?"([A-Za-z0-9+/=]+)"$/.exec(tag)?.[1]
  if (encoded === undefined) return undefined
  return STORE_ETAG.exec(Buffer.from(encoded, 'base64').toString())?.[1]
}

/** An If-Match or If-None-Match: any version, or the store's own tags of these. What is no tag of ours matches nothing. */
export type Condition = '*' | readonly string[]

/** Reads the value of a condition header; tags compare weakly (RFC 9110, 8.8.3.2). */
export const parseCondition = (header: string): Condition => {
  if (header.trim() === '*') return '*'
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.map(fromETag).filter((etag) => etag !== undefined)
}

/** Whether a version meets a condition. */
export const meets = (condition: Condition, etag: string): boolean => condition === '*' || condition.includes(etag)
