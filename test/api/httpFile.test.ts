import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, type Ledger, startLedger } from '../harness'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

// The part of the format that the file uses: blocks between lines with `###`, comments, headers, a body after a blank line.
const blocks = readFileSync('examples/ledger.http', 'utf8')
  .replaceAll('\r', '')
  .split(/^###.*\n/m)
  .slice(1)

const toCall = (block: string, values: (text: string) => string): Call => {
  const lines = values(block.replace(/^#.*\n/gm, '').trim())
  const [head = '', ...rest] = lines.split('\n\n')
  const [request = '', ...headers] = head.split('\n')
  const [method = '', path = ''] = /^(\w+) (.*)$/.exec(request)?.slice(1) ?? []
  const given = headers.map((line) => line.split(': ') as [string, string]).filter(([name]) => name !== 'Authorization') // two parts
  const body = rest.join('\n\n')
  const call = { method, path, headers: Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])) }
  return body === '' ? call : { ...call, body }
}

test('every request of examples/ledger.http is answered as it should be', async () => {
  let operation = { id: '', etag: '' }
  const statuses: number[] = []
  for (const block of blocks) {
    const call = toCall(block, (text) =>
      text
        .replaceAll('{{ledger}}', '')
        .replaceAll('{{operation.response.body.id}}', operation.id)
        .replaceAll('{{operation.response.headers.ETag}}', operation.etag),
    )
    const reply = await ledger.call(call)
    statuses.push(reply.status)
    if (block.includes('@name operation'))
      operation = { id: String(reply.json.id), etag: reply.headers.get('etag') ?? '' }
  }
  expect(statuses).toEqual([200, 201, 201, 200, 200, 204])
})
