import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { send, type Throwaway, throwawayApp } from './throwawayApp'

// What Microsoft's own host answered to the same bytes. Where it is stricter than Node, so is the stand-in: what passes
// on a laptop must pass in Azure.

const SOURCE = `
app.http('echo', { route: '{*path}', methods: ['GET', 'HEAD', 'POST'], handler: async (request) => ({
  headers: { 'X-App': 'here' },
  jsonBody: { top: new URL(request.url).searchParams.get('$top'), note: request.headers.get('x-note'),
    size: (await request.arrayBuffer()).byteLength } }) })
`

let host: Throwaway
beforeAll(async () => {
  host = await throwawayApp(SOURCE)
})
afterAll(() => host.close())

const exchange = async (bytes: string): Promise<{ status: number; head: string; body: string }> => {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1')
  let said = ''
  socket.on('data', (bytes) => {
    said += bytes
  })
  // A server that has refused what is still on its way may reset the connection behind its answer.
  socket.on('error', () => undefined)
  socket.write(bytes, 'latin1')
  await new Promise((resolve) => socket.once('close', resolve))
  const [head = '', ...body] = said.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') }
}

const get = (line: string, ...headers: readonly string[]) =>
  exchange([line, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n'))

const headers = (count: number) => Array.from({ length: count }, (_, index) => `X-${index}: 1`)
const lineOf = (length: number) => `GET /${'a'.repeat(length - 'GET / HTTP/1.1\r\n'.length)} HTTP/1.1`

describe('the platform refuses by itself, with nothing in it,', () => {
  test.each([
    ['a request line of more than 8,192 bytes', 414, lineOf(8193), []],
    ['one of 70 KB', 414, lineOf(70_000), []],
    ['more than 100 headers', 431, 'GET / HTTP/1.1', headers(99)],
    ['headers of more than 32 KB', 431, 'GET / HTTP/1.1', [`X-Long: ${'a'.repeat(32_760)}`]],
    ['headers of 400 KB', 431, 'GET / HTTP/1.1', [`X-Long: ${'a'.repeat(400_000)}`, 'X-More: 1']],
    ['a byte of Latin-1 in a header', 400, 'GET / HTTP/1.1', ['X-Note: caf\xe9']],
    ['two Hosts', 400, 'GET / HTTP/1.1', ['Host: x']],
    ['a target of another host', 400, 'GET http://y/ HTTP/1.1', []],
    ['a target over https', 400, 'GET https://x/ HTTP/1.1', []],
    ['HTTP/2.0', 505, 'GET / HTTP/2.0', []],
    ['HTTP/3.0', 505, 'GET / HTTP/3.0', []],
    ['a NUL in the path', 400, 'GET /%00 HTTP/1.1', []],
    ['a method that no function lists', 404, 'FOO / HTTP/1.1', []],
    ['CONNECT to a path', 404, 'CONNECT /beta HTTP/1.1', []],
    ['CONNECT to a host', 400, 'CONNECT x:443 HTTP/1.1', []],
    ['its own administration', 401, 'GET /admin/functions HTTP/1.1', []],
    ['its own webhooks', 401, 'POST /runtime/webhooks/x HTTP/1.1', ['Content-Length: 0']],
  ])('%s', async (_what, status, line, more) => {
    const answer = await get(line, ...more)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body: '' })
    expect(answer.head).not.toMatch(/X-App|nosniff|chunked/i)
  })

  test('a body of more than 100 MB, as a failure of its own, which it logs', async () => {
    const { status, body } = await get('POST / HTTP/1.1', 'Content-Length: 104857601')
    expect([status, body.replace(/^0\r\n\r\n$/, '')]).toEqual([500, ''])
    expect(host.logs.at(-1)).toMatch(/^Request body too large/)
  })
})

describe('the platform lets pass', () => {
  test.each([
    ['a request line of 8,192 bytes', lineOf(8192), []],
    ['100 headers', 'GET / HTTP/1.1', headers(98)],
    ['a header of 20 KB', 'GET / HTTP/1.1', [`X-Long: ${'a'.repeat(20_000)}`]],
    ['an expectation that it does not know', 'POST / HTTP/1.1', ['Expect: foo', 'Content-Length: 0']],
    ['a control character in a header', 'GET / HTTP/1.1', ['X-Note: a\x01b']],
    ['a length beside chunks', 'POST / HTTP/1.1', ['Content-Length: 2', 'Transfer-Encoding: chunked', '', '0']],
    ['its own ping', 'GET /admin/host/ping HTTP/1.1', []],
  ])('%s', async (_what, line, more) => {
    expect((await get(line, ...more)).status).toBe(200)
  })

  test('lines that end in LF alone', async () => {
    expect((await exchange('GET / HTTP/1.1\nHost: x\nConnection: close\n\n')).status).toBe(200)
  })

  test('UTF-8 in a header, as the text that it is', async () => {
    const { body } = await get('GET / HTTP/1.1', `X-Note: ${Buffer.from('café').toString('latin1')}`)
    expect(body).toContain('"note":"café"')
  })

  test('a fragment, which is part of the last value and no fragment', async () => {
    expect((await get('GET /?$top=1#frag HTTP/1.1')).body).toContain('"top":"1#frag"')
  })
})

test('the answer of a function comes in chunks, and headers of host.json as they stand there', async () => {
  const { head } = await get('GET / HTTP/1.1')
  expect(head).toMatch(/^Transfer-Encoding: chunked$/m)
  expect(head).toMatch(/^X-Content-Type-Options: nosniff$/m)
  expect(head).not.toMatch(/content-length/i)
})

const COUNTING = `
let under = 0
let most = 0
app.http('count', { route: 'count', methods: ['POST'], handler: async () => {
  under += 1
  most = Math.max(most, under)
  await new Promise((done) => setTimeout(done, 5))
  under -= 1
  return { status: 201 } } })
app.http('most', { route: 'most', handler: () => ({ jsonBody: most }) })
`

test('a burst waits for its turn, and the app never has more of it at once than the channel of the platform spreads', async () => {
  const paced = await throwawayApp(COUNTING, { pace: { abreast: 8, waiting: 400, patience: 3_600_000 } })
  try {
    const burst = Array.from({ length: 400 }, () => send(paced.url, '/count', { method: 'POST' }, '{}'))
    const statuses = (await Promise.all(burst)).map(({ status }) => status)
    expect(statuses).toEqual(Array.from({ length: 400 }, () => 201))
    const { body } = await send(paced.url, '/most')
    expect(Number(body)).toBeLessThanOrEqual(8)
  } finally {
    await paced.close()
  }
})
