const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/** The middle of some numbers. */
export const median = (values: readonly number[]): number => {
  const all = sorted(values)
  const middle = all.length >> 1
  return all.length % 2 === 1
    ? (all[middle] ?? Number.NaN)
    : ((all[middle - 1] ?? Number.NaN) + (all[middle] ?? Number.NaN)) / 2
}

/** Median, least and greatest. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Sums some numbers up. */
export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
})

const digits = (value: number): string => value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0)

/** A spread as a table shows it. */
export const show = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)}–${digits(max)})`
