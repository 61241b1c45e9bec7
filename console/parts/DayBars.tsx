import type { Day } from '../api/overview'
import { toNumber, toShortDay } from '../text/format'

interface Measure {
  readonly name: string
  /** The colour, as a class of the style sheet. */
  readonly kind: 'failed' | 'succeeded' | 'neutral'
  readonly of: (day: Day) => number
}

const results: Measure = { name: 'Results', kind: 'succeeded', of: ({ succeeded, failed }) => succeeded + failed }
const failures: Measure = { name: 'Failures', kind: 'failed', of: ({ failed }) => failed }
const operations: Measure = { name: 'Operations', kind: 'neutral', of: ({ operations = 0 }) => operations }

/** Failures, results and operations of each UTC day, one chart below the other, each with a scale of its own. */
export function DayBars({ days }: { readonly days: readonly Day[] }) {
  const hasOperations = days.some(({ operations }) => operations !== undefined)
  return (
    <div class="day-bars">
      {[failures, results, ...(hasOperations ? [operations] : [])].map((measure) => (
        <DayChart key={measure.name} measure={measure} days={days} />
      ))}
    </div>
  )
}

function DayChart({ measure: { name, kind, of }, days }: { readonly measure: Measure; readonly days: readonly Day[] }) {
  const largest = Math.max(1, ...days.map(of))
  return (
    <figure class={`day-chart days-${days.length}`}>
      <figcaption>
        <b>{name}</b> <span class="quiet">at most {toNumber(Math.max(...days.map(of)))} a day</span>
      </figcaption>
      <ol>
        {days.map((day) => (
          <li key={day.day} title={`${toShortDay(day.day)}: ${toNumber(of(day))}`}>
            <span class="value">{toNumber(of(day))}</span>
            <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
              <rect class={kind} x="0" width="10" {...bar(of(day) / largest)} />
            </svg>
            <span class="day">{toShortDay(day.day)}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

// From the bottom; a little of what is there can be seen however small its share is.
function bar(share: number): { readonly y: number; readonly height: number } {
  const height = share === 0 ? 0 : Math.max(3, share * 100)
  return { y: 100 - height, height }
}
