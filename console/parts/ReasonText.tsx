import type { Reason } from '../api/reasons'
import { toNumber } from '../text/format'

/** Why most failures failed, and how many of those that were looked at say so. */
export function ReasonText({ reason }: { readonly reason: Reason | undefined }) {
  if (reason === undefined) return null
  return (
    <p class="reason">
      {reason.of > 1 && (
        <span class="quiet">
          {toNumber(reason.count)} of {toNumber(reason.of)}:{' '}
        </span>
      )}
      {reason.exception}
    </p>
  )
}
