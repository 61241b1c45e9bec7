import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { create, type Loaded, load, partners } from './loading'
import { startMeasured } from './measured'

// What overload does, in figures: node local/run.mjs ../test/faults/report
// The figures on faults: REPORT=1 npx vitest run test/faults/matrix.test.ts; on memory in the long run: npm run fuzz.

const SECONDS = 4

const overload = async (settings: Readonly<Record<string, string>>): Promise<void> => {
  const measured = await startMeasured(settings)
  const by = partners(4)
  const run = (connections: number, seconds = SECONDS): Promise<Loaded> =>
    load(measured.url, { connections, seconds, by })
  await run(20, 2)
  console.log(`\nload by 4 partners, ${JSON.stringify(settings)}; memory`, await measured.memory())
  for (const connections of [1, 5, 10, 20, 50, 100, 200, 240, 400, 800, 20])
    console.log(JSON.stringify(await run(connections)))
  console.log('memory', await measured.memory())
  const [alone = by[0]] = by
  if (alone !== undefined)
    console.log('one partner', JSON.stringify(await load(measured.url, { connections: 150, seconds: 2, by: [alone] })))
  await measured.close()
}

const BODY_BYTES = 1_800_000

// As many of the largest requests as may be in flight, held while the store does not answer.
const memoryOf = async (inFlight: number): Promise<void> => {
  let proxy: FaultProxy | undefined
  const settings = { MAX_IN_FLIGHT: String(inFlight), STORE_DEADLINE_MS: '27000' }
  const measured = await startMeasured(settings, async (endpoint) => {
    proxy = await startProxy(endpoint)
    return proxy.endpoint
  })
  const by = partners(4, BODY_BYTES)
  const agent = new Agent({ keepAlive: true })
  for (const partner of by) await create(measured.url, agent, partner)
  const before = await measured.memory()
  proxy?.inject({ act: 'hang' }, ['create'])
  const asked = () => proxy?.asked.filter((kind) => kind === 'create').length ?? 0
  const statuses: number[] = []
  for (let sent = 0; sent < inFlight; sent += 1) {
    const partner = by[sent % by.length]
    if (partner !== undefined)
      create(measured.url, agent, partner).then(
        (status) => statuses.push(status),
        () => undefined,
      )
  }
  while (asked() < inFlight + by.length && statuses.length === 0) await sleep(50)
  console.log(
    `${inFlight} requests of ${BODY_BYTES} bytes in flight`,
    JSON.stringify({ before, held: await measured.memory() }),
  )
  agent.destroy()
  await measured.close()
  await proxy?.close()
}

await overload({})
for (const inFlight of [25, 50, 100, 200]) await memoryOf(inFlight)
process.exit(0)
