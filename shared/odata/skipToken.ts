import { createHash } from 'node:crypto'
import * as z from 'zod'
import { lazy } from '../basics/lazy'
import { ApiError } from '../errors'
import type { Position } from './order'

const Token = lazy(() => z.tuple([z.string(), z.guid(), z.string()]))

/** The `$skiptoken` after an entity. `binding`: everything that the next request must have in common with this one. */
export function toSkipToken(position: Position, binding: readonly string[]): string {
  return Buffer.from(JSON.stringify([position.value, position.id, checksum(position, binding)])).toString('base64url')
}

/**
 * The position of a `$skiptoken`; throws `invalidQueryOption` for one that was changed, or belongs to another request.
 */
export function parseSkipToken(token: string, binding: readonly string[]): Position {
  const { data } = Token().safeParse(decode(token))
  if (data !== undefined) {
    const [value, id, sum] = data
    const position = { value, id }
    // Decoding is lenient, so the token is encoded again and must be identical.
    if (sum === checksum(position, binding) && token === toSkipToken(position, binding)) return position
  }
  throw invalidSkipToken()
}

/** The failure of a request with a token that is not ours, or not for this request. */
export function invalidSkipToken(): ApiError {
  const message = "$skiptoken must be taken from '@odata.nextLink', with all other options of that link."
  return new ApiError('invalidQueryOption', message, { target: '$skiptoken' })
}

// Guards against mistakes, not attacks: a forged token only changes the position among the caller's own entities.
function checksum(position: Position, binding: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([position.value, position.id, ...binding]))
    .digest('base64url')
    .slice(0, 16)
}

function decode(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    return undefined
  }
}
