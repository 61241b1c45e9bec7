import * as z from 'zod'
import type { Cold } from './cold'
import type { Many } from './many'
import type { measureMemory } from './memory'
import { type BodyCost, worstRefusal } from './refusalCosts'
import { median } from './statistics'
import type { Measured } from './throughput'

export const OwnCost = z.object({ ours: z.number(), template: z.number(), differences: z.array(z.number()) })

type Memory = Awaited<ReturnType<typeof measureMemory>>

export interface Ratio {
  readonly name: string
  readonly value: number
  readonly target: string
  readonly met: boolean
}

const atLeast = (name: string, value: number, target: number): Ratio => ({
  name,
  value,
  target: `≥ ${target}`,
  met: value >= target,
})
const atMost = (name: string, value: number, target: number): Ratio => ({
  name,
  value,
  target: `≤ ${target}`,
  met: value <= target,
})

// Ratios are formed within a round, where the machine was the same for both.
export const ratios = (measured: readonly Measured[], over: 'bare' | 'template', figure: 'rate' | 'p99'): number[] =>
  measured.flatMap(({ rounds }) =>
    rounds.map(({ ours, ...others }) => (ours?.[figure] ?? Number.NaN) / (others[over]?.[figure] ?? Number.NaN)),
  )

export const manyTargets = (many: Many): Ratio[] => {
  const over = (one: keyof Many[number], other: keyof Many[number]) =>
    median(many.map((round) => round[one] / round[other]))
  return [
    atLeast('results a second, in bulks of 500 / single', over('bulk', 'single'), 3),
    atLeast('results a second, in bulks of 500 / bare creates', over('bulk', 'bare'), 1.5),
    atLeast('results a second, in batches of 20 / single', over('batch', 'single'), 1.3),
  ]
}

export const pageTarget = (reads: readonly Measured[]): Ratio => {
  const pages = reads.filter(({ name }) => name === 'GET page of 100')
  return atLeast('pages of 100 a second, ours / bare', median(ratios(pages, 'bare', 'rate')), 0.55)
}

export const memoryTarget = ({ plain, gzip }: Memory): Ratio =>
  atMost('MB more for four bulks of 8 MB at once', Math.max(plain, gzip), 190)

export const targetsOf = (
  creates: readonly Measured[],
  own: z.infer<typeof OwnCost>,
  cold: Cold,
  refusals: readonly BodyCost[],
): Ratio[] => {
  const { ours, floor, unbundled } = cold
  return [
    atLeast('creates a second, ours / template', median(ratios(creates, 'template', 'rate')), 0.9),
    atLeast('creates a second, ours / bare', median(ratios(creates, 'bare', 'rate')), 0.6),
    atMost('p99 of creates, ours / template', median(ratios(creates, 'template', 'p99')), 1.5),
    atMost('own cost beyond the template, µs', median(own.differences), 50),
    atMost('cold load, ours / unbundled', ours.milliseconds.median / unbundled.milliseconds.median, 0.25),
    atMost('cold load, ours / floor', ours.milliseconds.median / floor.milliseconds.median, 1.3),
    atMost('RSS after load, ours / unbundled', ours.rss.median / unbundled.rss.median, 0.75),
    atMost('1.85 MB, time of refused / taken', worstRefusal(refusals, 'milliseconds'), 1),
    atMost('1.85 MB, memory of refused / taken', worstRefusal(refusals, 'megabytes'), 1),
  ]
}
