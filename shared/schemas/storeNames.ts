/** Name of the property that holds the partner's tenant: the first level of every partition key. */
export const TENANT = 'partnerTenantId'

/** Name of the property that says which request wrote a version of a document. No answer shows it. */
export const WRITE_ID = '_write'

/** Name of the property that keeps the fingerprint of a repeatable create. No answer shows it. */
export const PAYLOAD = '_payload'

/** Names that the store sets anew with each write. */
export const STORE_NAMES: ReadonlySet<string> = new Set(['_rid', '_self', '_ts', '_etag', '_attachments'])

/** Whether a name is the store's or the service's own: no answer shows it, and no client may send it. */
export function isInternal(name: string): boolean {
  return name.startsWith('_')
}
