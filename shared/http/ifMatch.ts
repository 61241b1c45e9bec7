import { ApiError } from '../errors'
import { type Condition, meets, parseCondition } from '../odata/etag'
import type { Stored } from '../store/reply'
import type { Question } from './endpoint'

/** The versions that a change may be made to; undefined where the client does not say. */
export type IfMatch = Condition | undefined

/** Reads If-Match. */
export const parseIfMatch = ({ headers }: Pick<Question, 'headers'>): IfMatch => {
  const header = headers.get('if-match')
  return header === null ? undefined : parseCondition(header)
}

/** Whether the client named versions, so that no other may be changed. */
export const namesVersions = (condition: IfMatch): condition is readonly string[] =>
  condition !== undefined && condition !== '*'

/** The failure of a change to another version than the client named. */
export const etagMismatch = (): ApiError =>
  new ApiError('etagMismatch', 'The resource has another version than If-Match names: read it again.', {
    target: 'If-Match',
  })

/** Throws `etagMismatch` where the version at hand is none of those that the client named. */
export const checkIfMatch = (condition: IfMatch, { etag }: Stored): void => {
  if (condition !== undefined && !meets(condition, etag)) throw etagMismatch()
}
