import { createHash } from 'node:crypto'
import { ApiError } from '../errors'
import type { Members } from '../schemas/problems'
import type { Question } from './endpoint'

// OASIS Repeatable Requests 1.0: docs.oasis-open.org/odata/repeatable-requests/v1.0.
const ID = 'Repeatability-Request-ID'
const FIRST_SENT = 'Repeatability-First-Sent'
const DAY = 86_400_000
const AHEAD = 300_000

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const malformed = (target: string, message: string): ApiError => new ApiError('invalidHeader', message, { target })

/** The failure of a repetition that cannot be accepted. */
export const rejected = (message: string, target: string): ApiError =>
  new ApiError('repeatabilityRejected', message, { target, headers: { 'Repeatability-Result': 'rejected' } })

// Only the fixed form of RFC 9110, 5.6.7: printing the date again gives the same text.
const parseFixdate = (text: string): number | undefined => {
  const time = Date.parse(text)
  return Number.isNaN(time) || new Date(time).toUTCString() !== text ? undefined : time
}

/** The id that makes a create repeatable; undefined where the client asks for nothing of the kind. */
export const parseRepeatability = ({ headers, now }: Pick<Question, 'headers' | 'now'>): string | undefined => {
  const id = headers.get(ID)?.trim()
  const firstSent = headers.get(FIRST_SENT)?.trim()
  if (id === undefined && firstSent === undefined) return undefined
  if (id === undefined) throw malformed(ID, `'${ID}' is missing: it goes with '${FIRST_SENT}'.`)
  if (firstSent === undefined) throw malformed(FIRST_SENT, `'${FIRST_SENT}' is missing: it goes with '${ID}'.`)
  if (!GUID.test(id)) throw malformed(ID, `'${ID}' must be a GUID.`)
  const time = parseFixdate(firstSent)
  if (time === undefined)
    throw malformed(FIRST_SENT, `'${FIRST_SENT}' must be a date like 'Mon, 23 Nov 2026 10:55:47 GMT'.`)
  const age = now.getTime() - time
  if (age > DAY) throw rejected(`'${FIRST_SENT}' is more than 24 hours ago.`, FIRST_SENT)
  if (age < -AHEAD) throw rejected(`'${FIRST_SENT}' is more than 5 minutes ahead.`, FIRST_SENT)
  return id.toLowerCase()
}

/** A GUID made from a list of texts; two lists never meet, as JSON keeps their borders. Version 8 of RFC 9562. */
export const deriveId = (parts: readonly string[]): string => {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** What tells one body from another: validated, completed, without secrets; the order of members does not count. */
export const fingerprint = (properties: Members): string =>
  createHash('sha256').update(JSON.stringify(properties, sorted)).digest('base64url')
