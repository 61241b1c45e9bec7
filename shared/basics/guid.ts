const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a string is a GUID: 8-4-4-4-12 hexadecimal digits, of any version and in any case. */
export function isGuid(text: string): boolean {
  return GUID.test(text)
}

/** The all-zero GUID: never a tenant, never the id of a record. */
export const NIL_GUID = '00000000-0000-0000-0000-000000000000'
