import { plural, toPercent } from '../text/format'

/** A part of a whole that is drawn. */
export interface Share {
  readonly name: string
  readonly kind: 'failed' | 'succeeded' | 'missing'
  readonly count: number
}

/** A bar that is divided among its shares, and a line that tells each. */
export function ShareBar({ shares }: { readonly shares: readonly Share[] }) {
  const whole = shares.reduce((sum, { count }) => sum + count, 0)
  let start = 0
  const drawn = shares.map((share) => {
    const width = whole === 0 ? 0 : (share.count / whole) * 100
    const place = { x: start, width }
    start += width
    return { ...share, ...place }
  })
  return (
    <div class="share-bar">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        {drawn.map(({ kind, x, width }) => (
          <rect key={kind} class={kind} x={x} width={width} height="10" />
        ))}
      </svg>
      <ul>
        {shares.map(({ name, kind, count }) => (
          <li key={kind}>
            <span class={`dot ${kind}`} aria-hidden="true" />
            {plural(count, 'customer')} {name} <span class="quiet">{toPercent(count, whole)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
