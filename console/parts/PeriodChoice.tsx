import type { Address, Period } from '../address/address'
import { daysOf } from '../api/dates'
import { toShortDay } from '../text/format'
import { Choice } from './Choice'

const names: readonly (readonly [Period, string])[] = [
  ['day', 'Yesterday and today'],
  ['week', '7 days'],
  ['month', '30 days'],
]

/** Which days a view covers. */
export function PeriodChoice({ period, to }: { readonly period: Period; readonly to: (period: Period) => Address }) {
  const days = daysOf(period)
  return (
    <div class="period">
      <Choice
        label="Period"
        options={names.map(([value, name]) => ({ name, to: to(value), current: value === period }))}
      />
      <p class="quiet">
        {toShortDay(days[0] ?? '')} to {toShortDay(days.at(-1) ?? '')} (UTC days)
      </p>
    </div>
  )
}
