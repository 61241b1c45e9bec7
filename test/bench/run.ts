import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { build } from '../../local/build.mjs'
import { output } from './children'
import { type Cold, measureCold } from './cold'
import { type Many, measureMany } from './many'
import { measureMemory } from './memory'
import { type BodyCost, measureRefusals } from './refusalCosts'
import { type Spread, show, spread } from './statistics'
import { manyTargets, memoryTarget, OwnCost, pageTarget, ratios, targetsOf } from './targets'
import { type Measured, measureCreates, measureFirst, measureReads, startContestants } from './throughput'

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

const manyTable = (many: Many): string => {
  const ways = ['bare', 'single', 'batch', 'bulk'] as const
  return table(
    ['', 'bare, 16 connections', 'single, 16', 'batches of 20, 2', 'bulks of 500, 2'],
    [['results a second', ...ways.map((way) => show(spread(many.map((round) => round[way]))))]],
  )
}

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
  const many = await measureMany(contestants)
  const memory = await measureMemory()
  const targets = [
    ...targetsOf(creates, own, cold, refusals),
    ...manyTargets(many),
    pageTarget(reads),
    memoryTarget(memory),
  ]
  const verdicts = targets.map(({ name, value, target, met }) => [
    name,
    value.toFixed(2),
    target,
    met ? 'met' : 'missed',
  ])
  console.log(
    [
      throughputTable([...creates, ...reads]),
      manyTable(many),
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
    many,
    memory,
  }
  await writeFile('test/bench/results.json', `${JSON.stringify(results, null, 2)}\n`)
} finally {
  await contestants.stop()
}
process.exit(0)
