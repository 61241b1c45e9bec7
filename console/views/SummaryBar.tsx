import type { Summary } from '../api/client'
import { Time } from '../parts/columns'
import { type Share, ShareBar } from '../parts/ShareBar'
import { toNumber } from '../text/format'

/** What the results of an operation add up to. */
export function SummaryBar({ summary }: { readonly summary: Summary }) {
  const { succeededCount, failedCount, missingCount, tenantCount, firstResultDateTime, lastResultDateTime } = summary
  const shares: Share[] = [
    { name: 'failed', kind: 'failed', count: failedCount ?? 0 },
    { name: 'succeeded', kind: 'succeeded', count: succeededCount ?? 0 },
  ]
  if (typeof missingCount === 'number') shares.push({ name: 'without a result', kind: 'missing', count: missingCount })
  return (
    <>
      <ShareBar shares={shares} />
      {summary.isPartial === true && (
        <p class="note">
          There are more results than a summary reads: these are the newest {toNumber(tenantCount ?? 0)} customers.
        </p>
      )}
      {missingCount == null && summary.isPartial !== true && (
        <p class="quiet">It names no customers, so nobody can say which have no result.</p>
      )}
      {firstResultDateTime && (
        <p class="quiet">
          Results from <Time of={firstResultDateTime} /> to <Time of={lastResultDateTime} /> (UTC)
        </p>
      )}
    </>
  )
}
