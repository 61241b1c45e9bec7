import { type Period, periods } from '../address/address'

const DAY_MS = 86_400_000

/** The UTC days of a period, the oldest first, as `yyyy-MM-dd`. */
export function daysOf(period: Period, now = Date.now()): string[] {
  const count = periods[period]
  return Array.from({ length: count }, (_, index) => toDay(now - (count - 1 - index) * DAY_MS))
}

/** The OData filter for what was created within a period. */
export function within(period: Period): string {
  return `createdDateTime ge ${daysOf(period)[0]}T00:00:00Z`
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
