/** A time as the page shows it, in UTC: `2026-11-25 03:12:07`. */
export function toTime(dateTime: string | null | undefined): string {
  return (dateTime ?? '').slice(0, 19).replace('T', ' ')
}

/** A day without its year: `25 Nov`. */
export function toShortDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

/** A number with separators: `12,345`. */
export function toNumber(value: number): string {
  return value.toLocaleString('en-GB')
}

/** A share in percent: `4.7 %`, or a dash where there is nothing to share. */
export function toPercent(part: number, whole: number): string {
  if (whole === 0) return '–'
  return `${((part / whole) * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`
}

/** A count and its noun: `1 result`, `12 results`. */
export function plural(count: number, noun: string): string {
  return `${toNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** JSON with indentation; any other text as it is. */
export function toPretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
