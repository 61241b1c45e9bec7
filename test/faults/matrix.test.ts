import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ledger, PATIENCE_MS, startLedger } from '../harness'
import { type Cell, type Mode, type Observation, openBench, tryCell } from './cell'
import { faultCases, type Outcome, RETRY_AFTER_MS } from './faults'
import { inLanes } from './inLanes'
import { throughSilence } from './silence'
import { tally } from './tally'
import { isCreate, type VerbCase, verbCases } from './verbs'

// Every fault with every verb, once and for ever. All cells run beforehand, many at a time: most of them only wait.
// Only those have a short deadline that end in it, however soon or late it comes.

const outcomeOf = ({ fault, often }: Cell): Outcome => fault[often === 'once' ? 'once' : 'ever']

const modeOf = (cell: Cell): Mode => ({
  times: cell.often === 'once' ? 1 : Number.POSITIVE_INFINITY,
  deadline: outcomeOf(cell) === 'storeUnavailable' ? 500 : PATIENCE_MS,
  throttle: cell.often === 'once' ? 2000 : 200,
})

// A batch and a bulk have twenty seconds, less than an attempt has here: in one silence all of their time goes by.
const isTooLong = ({ fault, verb, often }: Cell): boolean => verb.part !== undefined && fault.silent && often === 'once'

const cells: readonly Cell[] = faultCases
  .flatMap((fault) =>
    verbCases.flatMap((verb) => [
      { fault, verb, often: 'once' as const },
      { fault, verb, often: 'for ever' as const },
    ]),
  )
  .filter((cell) => !isTooLong(cell))

const nameOf = ({ fault, verb, often }: Cell): string => `${verb.name}: ${fault.name}, ${often}`

const LANES = 20

// With pauses that grow from 25 ms to 400, half a second has no room for more, and the slower a machine the fewer.
const MOST_REQUESTS = 8

const isSilence = ({ fault, often }: Cell): boolean => fault.silent && often === 'once'

let ledger: Ledger
const observed = new Map<Cell, Observation>()

beforeAll(async () => {
  ledger = await startLedger()
  const silences = cells.filter(isSilence)
  const benches = await Promise.all(Array.from({ length: silences.length }, () => openBench(ledger)))
  const tryAll = (lanes: number, those: readonly Cell[]) =>
    inLanes(lanes, those, async (cell, lane) => {
      const bench = benches[lane]
      if (bench !== undefined) observed.set(cell, await tryCell(bench, cell, modeOf(cell)))
    })
  const proxies = new Set(benches.map(({ proxy }) => proxy))
  await throughSilence(proxies, silences.length, () => tryAll(silences.length, silences))
  await tryAll(
    LANES,
    cells.filter((cell) => !isSilence(cell)),
  )
  for (const proxy of proxies) await proxy.close()
})

afterAll(async () => {
  await ledger.close()
  if (process.env.REPORT !== undefined) console.log(tally(observed))
})

const FAILURES = { storeUnavailable: [503, 'serviceUnavailable'], storeThrottled: [429, 'tooManyRequests'] } as const

const expectAnswer = ({ reply }: Observation, outcome: Outcome, { status }: VerbCase): void => {
  if (outcome === 'success') {
    expect({ status: reply.status, error: reply.json.error }).toEqual({ status, error: undefined })
    return
  }
  const [failed, code] = FAILURES[outcome]
  const retryAfter = outcome === 'storeThrottled' ? Math.ceil(RETRY_AFTER_MS / 1000) : 2
  expect(reply.status).toBe(failed)
  expect(reply.headers.get('content-type')).toBe('application/json')
  expect(reply.headers.get('retry-after')).toBe(String(retryAfter))
  expect(reply.json).toMatchObject({ error: { code, innerError: { code: outcome } } })
  expect(reply.text).not.toMatch(/available right now|Errors|activity/i)
}

describe.each(verbCases)('$name', (verb) => {
  test.each(cells.filter((cell) => cell.verb === verb).map((cell) => [nameOf(cell), cell] as const))(
    '%s',
    (_, cell) => {
      const { fault } = cell
      const observation = observed.get(cell)
      if (observation === undefined) throw new Error('this cell was not tried')
      const outcome = outcomeOf(cell)
      expectAnswer(observation, outcome, verb)
      // A bulk has four times the deadline.
      const most = verb.kind === 'batch' ? 4 * MOST_REQUESTS : MOST_REQUESTS
      expect(observation.reply.log.storeRequests).toBeLessThanOrEqual(most)

      const isDone = outcome === 'success' || observation.reached
      if (!fault.applied && outcome !== 'success') expect(observation.reached).toBe(false)
      const before = isCreate(verb) ? 0 : 1
      expect(observation.documents).toBe(isDone ? verb.documents : before)
      if (verb.kind === 'replace') expect(observation.changed).toBe(isDone)

      expect(observation.health).toBe(200)
      expect(observation.again.status).toBe(isDone ? verb.again : verb.status)
      const isAnother = isCreate(verb) && isDone
      expect(observation.documentsAgain).toBe(isAnother ? verb.documentsAgain : verb.documents)
    },
  )
})
