import { createHash } from 'node:crypto'
import { isObject, type JsonObject } from '../basics/isObject'

/** A GUID derived from a list of strings (RFC 9562, version 8). Hashed as JSON, `ab, c` differs from `a, bc`. */
export function deriveId(parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The fingerprint of a body once validated, completed and redacted; the order of members does not matter. */
export function fingerprint(properties: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(properties, sortMembers)).digest('base64url')
}

function sortMembers(_name: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
}
