import type { Day } from '../api/days'
import { toNumber, toShortDay } from '../text/format'

interface Part {
  /** The colour, as a class of the style sheet. */
  readonly kind: 'failed' | 'succeeded' | 'neutral'
  readonly of: (day: Day) => number
}

interface Measure {
  readonly name: string
  /** What a column is made of, from the bottom. */
  readonly parts: readonly Part[]
}

const failed: Part = { kind: 'failed', of: (day) => day.failed }
const succeeded: Part = { kind: 'succeeded', of: (day) => day.succeeded }
const failures: Measure = { name: 'Failures', parts: [failed] }
const results: Measure = { name: 'Results', parts: [succeeded, failed] }
const operations: Measure = { name: 'Operations', parts: [{ kind: 'neutral', of: (day) => day.operations ?? 0 }] }

/** Failures, results and operations of each UTC day, a chart for each, with a scale of its own. */
export function DayBars({ days }: { readonly days: readonly Day[] }) {
  const hasOperations = days.some((day) => day.operations !== undefined)
  return (
    <div class="day-bars">
      {[failures, results, ...(hasOperations ? [operations] : [])].map((measure) => (
        <DayChart key={measure.name} measure={measure} days={days} />
      ))}
    </div>
  )
}

function DayChart({ measure: { name, parts }, days }: { readonly measure: Measure; readonly days: readonly Day[] }) {
  const total = (day: Day): number => parts.reduce((sum, { of }) => sum + of(day), 0)
  const highest = Math.max(...days.map(total))
  return (
    <figure class={`day-chart days-${days.length}`}>
      <figcaption>
        <b>{name}</b> <span class="quiet">a day, {toNumber(highest)} at most</span>
      </figcaption>
      <ol>
        {days.map((day) => (
          <li key={day.day} title={`${toShortDay(day.day)}: ${toNumber(total(day))}`}>
            <span class="value">{toNumber(total(day))}</span>
            <Column parts={parts} day={day} highest={highest} />
            <span class="day">{toShortDay(day.day)}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

interface ColumnProperties {
  readonly parts: readonly Part[]
  readonly day: Day
  readonly highest: number
}

function Column({ parts, day, highest }: ColumnProperties) {
  let top = 100
  const drawn = parts.map(({ kind, of }) => {
    const share = of(day) / Math.max(1, highest)
    // A little of what is there can be seen, however small its share is.
    const height = Math.min(top, share === 0 ? 0 : Math.max(3, share * 100))
    top -= height
    return <rect key={kind} class={kind} x="0" width="10" y={top} height={height} />
  })
  return (
    <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
      {drawn}
    </svg>
  )
}
