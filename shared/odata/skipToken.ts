import { createHash } from 'node:crypto'
import * as z from 'zod'
import { ApiError } from '../errors'
import { lazy } from '../lazy'
import type { Position } from './query'

const Token = lazy(() => z.tuple([z.string(), z.guid(), z.string()]))

// Against mistakes, not against attack: a forged token only moves the position within what the caller may see anyway.
const checksum = (position: Position, binding: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([position.value, position.id, ...binding]))
    .digest('base64url')
    .slice(0, 16)

/** The `$skiptoken` behind an entity. `binding`: everything that the next request must have in common with this one. */
export const toSkipToken = (position: Position, binding: readonly string[]): string =>
  Buffer.from(JSON.stringify([position.value, position.id, checksum(position, binding)])).toString('base64url')

const decode = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** The failure of a request with a token that is not ours, or not for this request. */
export const invalidSkipToken = (): ApiError => {
  const message = "$skiptoken must be taken from '@odata.nextLink', with all other options of that link."
  return new ApiError('invalidQueryOption', message, { target: '$skiptoken' })
}

/** The position of a `$skiptoken`; throws `invalidQueryOption` for one that was changed, or belongs to another request. */
export const parseSkipToken = (token: string, binding: readonly string[]): Position => {
  const { data } = Token().safeParse(decode(token))
  if (data !== undefined) {
    const [value, id, sum] = data
    const position = { value, id }
    // Decoding is lenient; only the very text that was made is taken.
    if (sum === checksum(position, binding) && token === toSkipToken(position, binding)) return position
  }
  throw invalidSkipToken()
}
