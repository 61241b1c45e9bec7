import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../../local/build.mjs'
import { type Host, startHost } from '../../local/host'
import { resources } from '../../shared/schemas/resources'
import { send as sendBySocket } from '../e2e/throwawayApp'
import { type Ledger, NOW, startLedger } from '../harness'
import { type Answered, type Fuzzed, fuzz, type Outgoing } from './fuzzing'
import { misfits } from './misfits'

// Together 8,000 requests; `npm run fuzz`, which CI runs with 20,000, sends as many as one likes, each over a socket.
const IN_PROCESS = 6000
const BY_SOCKET = 2000

// Another run, other requests; a failure names the seed.
const seed = Date.now() % 1_000_000_000

let ledger: Ledger
let folder: string
let host: Host

beforeAll(async () => {
  ledger = await startLedger()
  folder = await mkdtemp(join('.local', 'app-'))
  await build({ outdir: join(folder, 'dist'), meta: join(folder, 'meta.json') })
  Object.assign(process.env, ledger.settings, { LOG_LEVEL: 'none' })
  host = await startHost({ folder: join(folder, 'dist'), log: () => undefined })
})
afterAll(async () => {
  await host.close()
  await ledger.close()
  await rm(folder, { recursive: true })
})

const expectSound = async ({ failures, kept }: Fuzzed): Promise<void> => {
  expect(failures.slice(0, 5), `seed ${seed}`).toEqual([])
  const stored = new Set<string>()
  for (const { container } of resources) {
    const items = ledger.database.container(container).items
    const { resources: documents } = await items.query('SELECT * FROM c').fetchAll()
    expect(misfits(container, documents), `seed ${seed}`).toEqual([])
    for (const { id } of documents) stored.add(id)
  }
  expect([...kept].filter((id) => !stored.has(id))).toEqual([])
}

const lengthOf = ({ body }: Outgoing) => (body === undefined ? {} : { 'content-length': String(body.length) })

test('nothing that a client may send is a 5xx, or is stored and does not fit', async () => {
  const send = async (request: Outgoing): Promise<Answered> => {
    const { method, path, headers, body } = request
    return ledger.call({ method, path, headers: { ...headers, ...lengthOf(request) }, body, token: null })
  }
  await expectSound(await fuzz(send, { requests: IN_PROCESS, seed, mint: ledger.token, now: NOW }))
}, 600_000)

test('nor over sockets, and none of them hangs', async () => {
  const now = new Date()
  const send = async (request: Outgoing): Promise<Answered> => {
    const { method, path, headers, body } = request
    const sent = { method, headers: { ...headers, ...lengthOf(request) } }
    const answer = await sendBySocket(host.url, path, sent, body)
    const received = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
    return { status: answer.status, headers: new Headers(received), text: answer.body }
  }
  const mint: Ledger['token'] = (options) => ledger.token({ now, ...options })
  await expectSound(await fuzz(send, { requests: BY_SOCKET, seed: seed + 1, mint, now }))
}, 600_000)

const RUDE = [
  ['no HTTP', 'hello\r\n\r\n'],
  ['a header without an end', 'GET / HTTP/1.1\r\nhost: x'],
  ['another version', 'GET / HTTP/3.0\r\nhost: x\r\n\r\n'],
  ['less body than promised', 'POST /beta/managedTenantOperations HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'],
  ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}'],
  [
    'a length and chunks',
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a negative length', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
  ['a bad chunk', 'POST /beta/managedTenantOperations HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ['a long line', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`],
  ['three at once', 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(3)],
  ['a bad Host', 'GET /beta/managedTenantOperations HTTP/1.1\r\nhost: a b/c\r\n\r\n'],
  ['nothing', ''],
] as const

test.each(RUDE)('a client that sends %s and leaves affects no other', async (_, request) => {
  const { hostname, port } = new URL(host.url)
  const socket = connect(Number(port), hostname)
  socket.end(request)
  // But for 505, the version, which is the client's own.
  expect(await text(socket)).not.toMatch(/^HTTP\/1\.1 5(?!05)/m)
  await expect.poll(async () => (await fetch(`${host.url}/health`)).status).toBe(200)
})
