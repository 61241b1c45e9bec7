import { setTimeout as sleep } from 'node:timers/promises'
import { mintToken } from '../../local/mintToken'
import { operation, result } from '../api/samples'
import { startMeasured } from '../faults/measured'
import { median, show, spread } from './statistics'

// What one partner's creates take while another sends the worst that it may, beside the same creates without it:
// `node local/run.mjs ../test/bench/neighbour`. Rounds alternate, so that both see the same machine.

const ROUNDS = 5
const SECONDS = 4
const CREATES_AT_ONCE = 4
const ATTACKS_AT_ONCE = 8

const NEIGHBOUR = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const ATTACKER = '0b7c2f11-93de-4a6f-8c25-d1e0947ab358'

const headersOf = (tenant: string) => ({
  Authorization: `Bearer ${mintToken({ tenant })}`,
  'Content-Type': 'application/json',
})

const measured = await startMeasured()
const [neighbour, attacker] = [headersOf(NEIGHBOUR), headersOf(ATTACKER)]

const zeros = JSON.stringify({
  ...operation.body,
  partnerTenantId: ATTACKER,
  target: { tenantIds: Array(900_000).fill(0) },
})
const lambdas = JSON.stringify({
  ...operation.body,
  partnerTenantId: ATTACKER,
  operationDefinition: { lambdaDefinitions: Array(10_000).fill({}) },
})

const stored = await fetch(measured.url + operation.path, { method: 'POST', headers: attacker, body: lambdas })
const item = stored.headers.get('location') ?? ''
await stored.arrayBuffer()

// A body that is refused, and an entity with the longest answer. Not what makes the embedded database scan: there it is
// the store that both wait for.
const attacks: readonly (() => Promise<Response>)[] = [
  () => fetch(measured.url + operation.path, { method: 'POST', headers: attacker, body: zeros }),
  () => fetch(item, { headers: attacker }),
]

const untilDone = async (lanes: number, end: number, run: (turn: number) => Promise<void>): Promise<void> => {
  const lane = async (first: number) => {
    for (let turn = first; performance.now() < end; turn += 1) await run(turn)
  }
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)))
}

const round = async (isAttacked: boolean) => {
  const end = performance.now() + SECONDS * 1000
  const times: number[] = []
  const create = async () => {
    const start = performance.now()
    const body = JSON.stringify(result.body)
    const response = await fetch(measured.url + result.path, { method: 'POST', headers: neighbour, body })
    await response.arrayBuffer()
    if (response.status !== 201) throw new Error(`the neighbour's create was answered ${response.status}`)
    times.push(performance.now() - start)
  }
  const attack = async (turn: number) => {
    const response = await attacks[turn % attacks.length]?.()
    await response?.arrayBuffer()
  }
  await Promise.all([
    untilDone(CREATES_AT_ONCE, end, create),
    ...(isAttacked ? [untilDone(ATTACKS_AT_ONCE, end, attack)] : []),
  ])
  times.sort((a, b) => a - b)
  return { p50: median(times), p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN, creates: times.length }
}

await round(false)
const rounds: { alone: Awaited<ReturnType<typeof round>>; beside: Awaited<ReturnType<typeof round>> }[] = []
for (let count = 0; count < ROUNDS; count += 1) {
  rounds.push({ alone: await round(false), beside: await round(true) })
  await sleep(500)
}
for (const figure of ['p50', 'p99', 'creates'] as const) {
  const of = (who: 'alone' | 'beside') => show(spread(rounds.map((one) => one[who][figure])))
  console.log(`${figure}: alone ${of('alone')}, beside ${of('beside')}`)
}
await measured.close()
process.exit(0)
