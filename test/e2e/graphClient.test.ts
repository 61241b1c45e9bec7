import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AUTHORITY_FILE } from '../../local/certificates'
import { type Command, command, start } from './command'

let app: Command
let url: string
let token: string
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-graph-'))
  app = command('start', { PORT: '0' }, ['--https'])
  const minted = command('token')
  await app.says('\ncurl ')
  await minted.ended
  token = minted.out().trim()
  url = /^ready (\S+)/.exec(app.out())?.[1] ?? ''
})
afterAll(async () => {
  app.child.kill('SIGTERM')
  expect(await app.ended).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})

const trusting = { NODE_EXTRA_CA_CERTS: resolve(AUTHORITY_FILE) }

test('the ready line says https, and the lines below it whom to trust', () => {
  expect(url).toMatch(/^https:\/\/localhost:\d+$/)
  for (const name of ['NODE_EXTRA_CA_CERTS=', '--cacert', 'SSL_CERT_FILE=', 'Import-Certificate'])
    expect(app.out()).toContain(name)
  expect(app.out()).toContain(resolve(AUTHORITY_FILE))
})

test('the curl that is printed works as it is', async () => {
  const curl = start('sh', ['-c', app.out().slice(app.out().indexOf('\ncurl '))])
  expect(await curl.ended).toBe(0)
  expect(curl.out()).toMatch(/^HTTP\/1\.1 201 Created/)
  expect(curl.out()).toContain(`location: ${url}/beta/`)
})

test('whoever does not trust the authority does not connect', async () => {
  await expect(fetch(url)).rejects.toThrow()
})

// What Node trusts is decided when it starts, so the client runs in a process of its own.
const SCRIPT = `
const { Client, PageIterator, GraphError } = require('@microsoft/microsoft-graph-client')
const main = async () => {
  const client = Client.init({
    baseUrl: process.env.LEDGER,
    customHosts: new Set(['localhost']),
    authProvider: (done) => done(null, process.env.TOKEN),
  })
  const set = client.api('/managedTenantOperationResults').version('beta')
  const body = JSON.parse(process.env.BODY)
  const created = []
  for (let index = 0; index < 5; index += 1) created.push(await set.post({ ...body, index }))
  const [first] = created
  const read = await client.api('/managedTenantOperationResults/' + first.id).version('beta').select('isSuccess,index').get()
  const page = await set.query({}).filter('isSuccess eq false').orderby('createdDateTime').top(2).count(true).get()
  const seen = []
  await new PageIterator(client, page, ({ id }) => seen.push(id) > 0).iterate()
  const item = client.api('/managedTenantOperationResults/' + first.id).version('beta')
  const patched = await item.header('If-Match', first['@odata.etag']).patch({ executionInfo: 'changed' })
  const stale = await item.header('If-Match', first['@odata.etag']).patch({ executionInfo: 'again' }).catch((error) => error)
  await client.api('/managedTenantOperationResults/' + first.id).version('beta').delete()
  const gone = await item.get().catch((error) => error)
  console.log(JSON.stringify({
    created: created.length, index: read.index, count: page['@odata.count'], seen: new Set(seen).size,
    patched: patched.executionInfo, stale: [stale instanceof GraphError, stale.statusCode, stale.code], gone: [gone.statusCode, gone.code],
  }))
}
main().catch((error) => { console.error(error); process.exitCode = 1 })
`

test("Graph's own client, as it is, creates, reads, filters, pages, changes and deletes", async () => {
  const example: unknown = JSON.parse(readFileSync('examples/managedTenantOperationResultsCreate.json', 'utf8'))
  const body = typeof example === 'object' && example !== null && 'body' in example ? example.body : undefined
  const script = join(folder, 'client.cjs')
  writeFileSync(script, SCRIPT)
  const node = start(process.execPath, [script], {
    ...trusting,
    NODE_PATH: resolve('node_modules'),
    LEDGER: url,
    TOKEN: token,
    BODY: JSON.stringify(body),
  })
  expect([await node.ended, node.err()]).toEqual([0, ''])
  expect(JSON.parse(node.out())).toEqual({
    created: 5,
    index: 0,
    count: 5,
    seen: 5,
    patched: 'changed',
    stale: [true, 412, 'preconditionFailed'],
    gone: [404, 'notFound'],
  })
})
