import { isGuid } from '../basics/guid'
import type { HeaderField } from '../basics/headerField'
import { ApiError } from '../errors'

// OASIS Repeatable Requests 1.0: docs.oasis-open.org/odata/repeatable-requests/v1.0.
const REQUEST_ID = 'Repeatability-Request-ID'
const FIRST_SENT = 'Repeatability-First-Sent'
const REJECTED = { 'Repeatability-Result': 'rejected' }
const MAX_AGE_MS = 86_400_000
const MAX_AHEAD_MS = 300_000

/** The two headers that make a create repeatable. */
export const REPEATABILITY_HEADERS: readonly HeaderField[] = [
  {
    name: REQUEST_ID,
    describe: `A GUID chosen by the client: however often a request with it is sent, one entity is stored. Requires ${FIRST_SENT}.`,
    isGuid: true,
  },
  {
    name: FIRST_SENT,
    describe: `When the request was first sent, like 'Mon, 23 Nov 2026 10:55:47 GMT': at most ${MAX_AGE_MS / 3_600_000} hours ago, and at most ${MAX_AHEAD_MS / 60_000} minutes ahead. It goes with ${REQUEST_ID}.`,
  },
]

/** The id that makes a create repeatable; undefined where the client does not ask for that. */
export function parseRepeatability(headers: Headers, now: Date): string | undefined {
  const id = headers.get(REQUEST_ID)?.trim()
  const firstSent = headers.get(FIRST_SENT)?.trim()
  if (id === undefined && firstSent === undefined) return undefined
  if (id === undefined) throw malformed(REQUEST_ID, `'${REQUEST_ID}' is missing: it goes with '${FIRST_SENT}'.`)
  if (firstSent === undefined) throw malformed(FIRST_SENT, `'${FIRST_SENT}' is missing: it goes with '${REQUEST_ID}'.`)
  if (!isGuid(id)) throw malformed(REQUEST_ID, `'${REQUEST_ID}' must be a GUID.`)
  const time = parseFixdate(firstSent)
  if (time === undefined)
    throw malformed(FIRST_SENT, `'${FIRST_SENT}' must be a date like 'Mon, 23 Nov 2026 10:55:47 GMT'.`)
  const age = now.getTime() - time
  if (age > MAX_AGE_MS) throw rejected(`'${FIRST_SENT}' is more than 24 hours ago.`, FIRST_SENT)
  if (age < -MAX_AHEAD_MS) throw rejected(`'${FIRST_SENT}' is more than 5 minutes ahead.`, FIRST_SENT)
  return id.toLowerCase()
}

/** Throws `invalidHeader` where a request asks to be repeatable that cannot be. */
export function refuseRepeatability(headers: Headers): void {
  for (const name of [REQUEST_ID, FIRST_SENT]) {
    if (headers.has(name)) throw malformed(name, `'${name}' belongs to the requests within a batch, not to the batch.`)
  }
}

/** The failure of a repeatable create whose id was used with another body. */
export function usedWithAnotherBody(): ApiError {
  return rejected(`This ${REQUEST_ID} was used with another body.`, REQUEST_ID)
}

function rejected(message: string, target: string): ApiError {
  return new ApiError('repeatabilityRejected', message, { target, headers: REJECTED })
}

function malformed(target: string, message: string): ApiError {
  return new ApiError('invalidHeader', message, { target, headers: REJECTED })
}

// Only the fixed form of RFC 9110, 5.6.7: formatting the date again gives the same text.
function parseFixdate(text: string): number | undefined {
  const time = Date.parse(text)
  return Number.isNaN(time) || new Date(time).toUTCString() !== text ? undefined : time
}
