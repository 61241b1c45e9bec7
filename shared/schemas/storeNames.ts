/** Name of the property that holds the partner's tenant: the first level of every partition key. */
export const TENANT = 'partnerTenantId'

/** Name of the property that records which request wrote a version of a document. Never part of an answer. */
export const WRITE_ID = '_write'

/** Name of the property that holds the fingerprint of a repeatable create. Never part of an answer. */
export const PAYLOAD = '_payload'

/** Properties that the store sets on each write. */
export const STORE_NAMES: ReadonlySet<string> = new Set(['_rid', '_self', '_ts', '_etag', '_attachments'])

/** Whether a name is internal to the store or the service: never part of an answer, refused in a request. */
export function isInternal(name: string): boolean {
  return name.startsWith('_')
}
