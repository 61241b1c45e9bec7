import { Agent, request as open } from 'node:http'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { mintToken } from '../../local/mintToken'
import { openDatabase } from '../../local/provision'
import { resources } from '../../shared/schemas/resources'
import { type Answered, fuzz, type Outgoing } from './fuzzing'
import { type Measured, startMeasured } from './measured'
import { misfits } from './misfits'

// npm run fuzz [-- --requests N --seed S]: requests of every kind, over sockets, to the service in a process of its own.
// Ends with 1 where one of them was answered with a 5xx or not at all, or a document was stored that does not fit.

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { requests: { type: 'string', default: '20000' }, seed: { type: 'string' } },
})
const requests = Number(values.requests)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
const PORTION = 5000

const agent = new Agent({ keepAlive: true })

const sendTo =
  (url: string) =>
  ({ method, path, headers, body }: Outgoing): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url)
      const length = body === undefined ? {} : { 'content-length': body.length }
      const sent = open({ agent, hostname, port, path, method, headers: { ...headers, ...length } }, (response) => {
        const received = Object.entries(response.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ])
        const answered = (body: string) => ({
          status: response.statusCode ?? 0,
          headers: new Headers(received),
          text: body,
        })
        text(response).then((body) => resolve(answered(body)), reject)
      })
      sent.once('error', reject)
      sent.end(body)
    })

// Looks at what was stored and deletes it, or the store would be the slower the longer this takes.
const clear = async ({ store }: Measured, kept: ReadonlySet<string>): Promise<string[]> => {
  const database = openDatabase(store, 'ledger')
  const missing = new Set(kept)
  const wrong: string[] = []
  for (const { container, partitionKey } of resources) {
    const items = database.container(container).items
    const { resources: documents } = await items.query('SELECT * FROM c').fetchAll()
    wrong.push(...misfits(container, documents))
    for (const { id, partnerTenantId } of documents) {
      missing.delete(id)
      const key = partitionKey.length === 1 ? partnerTenantId : [partnerTenantId, id]
      await database.container(container).item(id, key).delete()
    }
  }
  return [...wrong, ...[...missing].map((id) => `${id}: lost`)]
}

const measured = await startMeasured()
const failures: string[] = []
const total = new Map<number, number>()
let slowest = 0
console.log(`seed ${seed}, ${requests} requests; memory at the start`, await measured.memory())
for (let sent = 0; sent < requests; sent += PORTION) {
  const portion = { requests: Math.min(PORTION, requests - sent), seed: seed + sent, mint: mintToken, now: new Date() }
  const fuzzed = await fuzz(sendTo(measured.url), portion)
  failures.push(...fuzzed.failures, ...(await clear(measured, fuzzed.kept)))
  slowest = Math.max(slowest, fuzzed.slowest)
  for (const [status, count] of fuzzed.statuses) total.set(status, (total.get(status) ?? 0) + count)
  console.log(`after ${sent + portion.requests}`, await measured.memory())
}
console.log(Object.fromEntries([...total].sort(([a], [b]) => a - b)))
console.log(`slowest answer ${Math.round(slowest)} ms; ${failures.length} failures`)
for (const failure of failures.slice(0, 20)) console.log(failure)
agent.destroy()
await measured.close()
process.exit(failures.length === 0 ? 0 : 1)
