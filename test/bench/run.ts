import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import * as z from 'zod'
import { build } from '../../local/build.mjs'
import { output } from './children'
import { type Cold, measureCold } from './cold'
import { type BodyCost, measureRefusals, worstRefusal } from './refusalCosts'
import { median, type Spread, show, spread } from './statistics'
import { type Measured, measureCreates, measureFirst, measureReads, startContestants } from './throughput'

const OwnCost = z.object({ ours: z.number(), template: z.number(), differences: z.array(z.number()) })

interface Ratio {
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
const ratios = (measured: readonly Measured[], over: 'bare' | 'template', figure: 'rate' | 'p99'): number[] =>
  measured.flatMap(({ rounds }) =>
    rounds.map(({ ours, ...others }) => (ours?.[figure] ?? Number.NaN) / (others[over]?.[figure] ?? Number.NaN)),
  )

const targetsOf = (
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

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const rateOf = ({ rounds }: Measured, who: 'bare' | 'template' | 'ours'): string => {
  const rates = rounds.flatMap((round) => round[who]?.rate ?? [])
  return rates.length === 0 ? '' : show(spread(rates))
}

const throughputTable = (measured: readonly Measured[]): string =>
  table(
    ['requests a second', 'bare', 'template', 'ours', 'ours / template', 'ours / bare'],
    measured.map((one) => [
      one.name,
      ...(['bare', 'template', 'ours'] as const).map((who) => rateOf(one, who)),
      ...(['template', 'bare'] as const).map((over) => {
        const values = ratios([one], over, 'rate').filter((value) => !Number.isNaN(value))
        return values.length === 0 ? '' : show(spread(values))
      }),
    ]),
  )

const megabytes = ({ median, min, max }: Spread): string =>
  show({ median: median / 1e6, min: min / 1e6, max: max / 1e6 })

const coldTable = (cold: Cold, first: Readonly<Partial<Record<string, Spread>>>): string =>
  table(
    ['cold', 'load, ms', 'RSS, MB', 'first create, ms'],
    Object.entries(cold).map(([name, { milliseconds, rss }]) => {
      const create = first[name]
      return [name, show(milliseconds), megabytes(rss), create === undefined ? '' : show(create)]
    }),
  )

const refusalTable = (costs: readonly BodyCost[]): string =>
  table(
    ['1.85 MB', 'answer', 'processor time, ms', 'growth of the process, MB'],
    costs.map(({ name, status, milliseconds, megabytes }) => [
      name,
      String(status),
      milliseconds.toFixed(0),
      megabytes.toFixed(0),
    ]),
  )

const machine = () => ({
  processor: cpus()[0]?.model,
  cores: availableParallelism(),
  memory: totalmem(),
  node: process.version,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
})

await build()
const cold = await measureCold()
const contestants = await startContestants()
try {
  const { authority, audience } = contestants.issuer
  const ownArgs = ['local/run.mjs', '../test/bench/ownCost', authority, audience]
  const own = OwnCost.parse(JSON.parse((await output(ownArgs)).split('\n').at(-2) ?? ''))
  const refusals = await measureRefusals(contestants.issuer)
  const first = await measureFirst(contestants)
  const reads = await measureReads(contestants)
  const creates = await measureCreates(contestants)
  const targets = targetsOf(creates, own, cold, refusals)
  const verdicts = targets.map(({ name, value, target, met }) => [
    name,
    value.toFixed(2),
    target,
    met ? 'met' : 'missed',
  ])
  console.log(
    [
      throughputTable([...creates, ...reads]),
      coldTable(cold, first),
      refusalTable(refusals),
      `Own cost, µs of processor time a request: ours ${own.ours.toFixed(1)}, template ${own.template.toFixed(1)}, difference ${show(spread(own.differences))}`,
      table(['target', 'measured', 'wanted', ''], verdicts),
    ].join('\n\n'),
  )
  const results = {
    at: new Date().toISOString(),
    machine: machine(),
    targets,
    cold,
    first,
    own,
    refusals,
    reads,
    creates,
  }
  await writeFile('test/bench/results.json', `${JSON.stringify(results, null, 2)}\n`)
} finally {
  await contestants.stop()
}
process.exit(0)
