import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { stopClock } from '../fakes/clock'
import { gate } from '../fakes/gate'
import { send, type Throwaway, throwawayApp } from './throwawayApp'

const SOURCE = `
const seen = async (request) => ({ method: request.method, headers: Object.fromEntries(request.headers),
  query: Object.fromEntries(request.query), all: [...new URL(request.url).searchParams],
  body: Buffer.from(await request.arrayBuffer()).toString('latin1') })
app.http('echo', { methods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'TRACE'],
  handler: async (request, context) => { context.log('called'); return { jsonBody: await seen(request) } } })
app.http('answer', { methods: ['POST'], handler: async (request) => {
  const init = await request.json()
  return init === null ? undefined : init } })
app.http('fail', { handler: () => { throw new Error('on purpose') } })
app.http('failNicely', { handler: () => { throw new Error('on purpose') } })
app.http('held', { handler: async () => { globalThis.held.begin(); await globalThis.held.end; return { body: 'done' } } })
app.http('hooked', { handler: (request, context) => ({ jsonBody: [globalThis.started, context.extraInputs.get('before')] }) })
app.hook.appStart(() => { globalThis.started = true })
app.hook.preInvocation((hook) => { hook.invocationContext.extraInputs.set('before', true) })
app.hook.postInvocation((hook) => {
  if (hook.invocationContext.functionName !== 'failNicely') return
  hook.result = { status: 500, jsonBody: { said: hook.error.message } }
  hook.error = undefined })
`

let host: Throwaway
beforeAll(async () => {
  host = await throwawayApp(SOURCE)
})
afterAll(() => host.close())

const echo = async (options: Parameters<typeof send>[2], body?: string | Buffer, query = '') => {
  const answer = await send(host.url, `/echo${query}`, options, body)
  expect(answer.status).toBe(200)
  return JSON.parse(answer.body)
}

describe('of a request', () => {
  test('the body arrives as the bytes that were sent, and no Content-Type is made up', async () => {
    const { body, headers } = await echo({ method: 'POST' }, Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00]))
    expect(body).toBe('\u00ef\u00bb\u00bf\u00ff\u0000')
    expect(headers).not.toHaveProperty('content-type')
  })

  test('a body in chunks is dropped, and its header arrives', async () => {
    const { body, headers } = await echo({ method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, 'text')
    expect(body).toBe('')
    expect(headers['transfer-encoding']).toBe('chunked')
  })

  test('a body longer than any that is accepted is not handed over, and its length arrives', async () => {
    const { body, headers } = await echo({ method: 'POST' }, Buffer.alloc(8_400_001, 'x'))
    expect([body, headers['content-length']]).toEqual(['', '8400001'])
    expect((await echo({ method: 'POST' }, Buffer.alloc(8_400_000, 'x'))).body).toHaveLength(8_400_000)
  })

  test('a body of GET is dropped', async () => {
    expect((await echo({ method: 'GET', headers: { 'content-length': 4 } }, 'text')).body).toBe('')
  })

  test('repeated headers are joined by a comma, all of them', async () => {
    const twice = ['Content-Type', 'a/b', 'Content-Type', 'c/d', 'Authorization', 'one', 'authorization', 'two']
    const headers = ['Host', 'x', ...twice, 'X-More', '1', 'X-More', '2', 'x-more', '3']
    expect((await echo({ headers })).headers).toMatchObject({
      'content-type': 'a/b,c/d',
      authorization: 'one,two',
      'x-more': '1,2,3',
    })
  })

  test('repeated query options are one in `query`, and all there in the URL', async () => {
    const { query, all } = await echo({}, undefined, '?$top=1&$top=2&a=%20b&__proto__=x')
    expect(query).toMatchObject({ $top: '1,2', a: ' b' })
    expect(all.slice(0, 2)).toEqual([
      ['$top', '1'],
      ['$top', '2'],
    ])
  })

  test('a body that never arrives in full reaches no function, and the next request is served', async () => {
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1')
    const before = host.logs.length
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
    await echo({})
    socket.destroy()
    await once(socket, 'close')
    await echo({})
    // One line for each of the two that arrived.
    expect(host.logs.slice(before)).toEqual(['called', 'called'])
  })
})

describe('of an answer', () => {
  const answer = (init: unknown) => send(host.url, '/answer', { method: 'POST' }, JSON.stringify(init))

  test("status, headers and body are the function's, with the headers of host.json", async () => {
    const { status, headers, body } = await answer({ status: 201, headers: { ETag: 'W/"1"' }, jsonBody: { a: 1 } })
    expect([status, body]).toEqual([201, '{"a":1}'])
    expect(headers).toMatchObject({
      etag: 'W/"1"',
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
      'x-content-type-options': 'nosniff',
    })
    expect(headers).not.toHaveProperty('content-length')
  })

  test.each([
    ['nothing', null, 204],
    ['a status that has no body', { status: 204, body: 'x' }, 204],
    ['not modified', { status: 304 }, 304],
    ['a status under 200', { status: 100 }, 500],
    ['a header value beyond Latin-1', { headers: { x: '€' } }, 500],
    ['no object', 'text', 500],
  ])('%s has no body', async (_what, init, status) => {
    expect(await answer(init)).toMatchObject({ status, body: '' })
  })

  test('an error is an empty 500, and goes to the log', async () => {
    expect(await send(host.url, '/fail')).toMatchObject({ status: 500, body: '' })
    expect(host.logs.at(-1)).toMatch(/^fail failed: Error: on purpose/)
  })

  test('a hook after the invocation can put another', async () => {
    expect(await send(host.url, '/failNicely')).toMatchObject({ status: 500, body: '{"said":"on purpose"}' })
  })

  test('a method that no request may have is an empty 500', async () => {
    expect(await send(host.url, '/echo', { method: 'TRACE' })).toMatchObject({ status: 500, body: '' })
  })
})

test('hooks run at the start and before each invocation', async () => {
  expect((await send(host.url, '/hooked')).body).toBe('[true,true]')
})

test('what a function logs is logged', async () => {
  await echo({})
  expect(host.logs).toContain('called')
})

describe('closing', () => {
  test('lets what was accepted finish, refuses what comes later, and drops idle connections', async () => {
    const own = await throwawayApp(SOURCE)
    const idle = connect(Number(new URL(own.url).port), '127.0.0.1')
    await once(idle, 'connect')
    await fetch(`${own.url}/echo`)
    const [begun, end] = [gate(), gate()]
    Object.assign(globalThis, { held: { begin: begun.open, end: end.opened } })
    const pending = fetch(`${own.url}/held`)
    await begun.opened
    // The ten seconds after which it would close every connection never pass.
    stopClock()
    onTestFinished(() => void vi.useRealTimers())
    const closing = own.close()
    await expect(send(own.url, '/echo')).rejects.toThrow('ECONNREFUSED')
    expect(idle.destroyed || idle.readableEnded || (await once(idle, 'close'))).toBeTruthy()
    end.open()
    expect(await (await pending).text()).toBe('done')
    await closing
  })

  test('tells the app, once, and may be asked twice', async () => {
    const told: unknown[] = []
    const own = await throwawayApp(`${SOURCE}\napp.hook.appTerminate(() => globalThis.told.push(1))`)
    Object.assign(globalThis, { told })
    await own.close()
    await own.close()
    expect(told).toEqual([1])
  })
})
