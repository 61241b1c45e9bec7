import type { Cell, Observation } from './cell'
import { isCreate } from './verbs'

const at = (times: readonly number[], part: number): number =>
  Math.round([...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0)

const count = (cells: readonly (readonly [Cell, Observation])[], holds: (cell: Cell, seen: Observation) => boolean) =>
  cells.filter(([cell, seen]) => holds(cell, seen)).length

const isKnown = ({ reply }: Observation): boolean => [200, 201, 204, 429, 503].includes(reply.status)

const isLost = ({ verb }: Cell, { reply, documents }: Observation): boolean =>
  reply.status === verb.status && documents < verb.documents

const isDoubled = ({ verb }: Cell, { documents }: Observation): boolean => isCreate(verb) && documents > verb.documents

/** The figures of a run: by verb and by fault; times in milliseconds. */
export const tally = (observed: ReadonlyMap<Cell, Observation>): string => {
  const cells = [...observed]
  const lines = ['verb: tried, survived, lost, doubled']
  for (const verb of new Set(cells.map(([cell]) => cell.verb))) {
    const those = cells.filter(([cell]) => cell.verb === verb)
    const survived = count(those, (_, seen) => isKnown(seen) && seen.health === 200)
    lines.push(`${verb.name}: ${those.length}, ${survived}, ${count(those, isLost)}, ${count(those, isDoubled)}`)
  }
  lines.push('', 'fault: once p50 and worst, for ever p50 and worst')
  for (const fault of new Set(cells.map(([cell]) => cell.fault))) {
    const times = (often: Cell['often']) =>
      cells.filter(([cell]) => cell.fault === fault && cell.often === often).map(([, { time }]) => time)
    const [once, ever] = [times('once'), times('for ever')]
    lines.push(`${fault.name}: ${at(once, 0.5)} ${at(once, 1)}, ${at(ever, 0.5)} ${at(ever, 1)}`)
  }
  return lines.join('\n')
}
