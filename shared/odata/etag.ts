/**
 * The ETag of a version: the store's own `_etag` (with its double quotes) in single quotes, base64, as a weak tag.
 * Graph's own services on Cosmos DB answer it like this, and it can be turned back.
 */
export function toETag(etag: string): string {
  return `W/"${Buffer.from(`'${etag}'`).toString('base64')}"`
}

// The form of the store's own tags: visible ASCII in double quotes. Anything else would be unsafe in a header.
const STORE_ETAG = /^'("[!#-~]+")'$/

/** The store's `_etag` in one of our entity tags; undefined for a tag that we did not issue. */
export function fromETag(tag: string): string | undefined {
  const encoded = /^(?:W\/)?"([A-Za-z0-9+/=]+)"$/.exec(tag)?.[1]
  if (encoded === undefined) return undefined
  return STORE_ETAG.exec(Buffer.from(encoded, 'base64').toString())?.[1]
}
