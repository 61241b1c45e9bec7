import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { send, type Throwaway, throwawayApp } from './throwawayApp'

const SOURCE = `
const say = (name, route, methods) =>
  app.http(name, { route, methods, handler: (request) => ({ jsonBody: { name, params: request.params, url: request.url } }) })
say('zebra', 'beta/things/special', ['GET'])
say('Beta', 'beta/things/{thing}', ['GET', 'HEAD'])
say('betaCreate', 'beta/things', ['POST'])
say('nested', 'beta/users/{user}/parts/{part}', ['GET'])
say('noRoute', undefined, ['GET'])
say('zz', '{*rest}', ['GET', 'POST', 'DELETE', 'HEAD'])
`

let host: Throwaway
beforeAll(async () => {
  host = await throwawayApp(SOURCE)
})
afterAll(() => host.close())

const found = async (path: string, method = 'GET') => {
  const { status, body } = await send(host.url, path, { method })
  expect(status).toBe(200)
  const { name, params } = JSON.parse(body)
  return [name, params]
}

describe('a request is answered by', () => {
  test.each([
    [
      'the first match in the order of names in any case, not the literal',
      '/beta/things/special',
      'Beta',
      { thing: 'special' },
    ],
    ['literals in any case', '/BETA/Things/X', 'Beta', { thing: 'X' }],
    ['a path with a slash at its end', '/beta/things/x/', 'Beta', { thing: 'x' }],
    ['a parameter decoded once', '/beta/things/%2525%20%C3%A9+', 'Beta', { thing: '%25 é+' }],
    ['a parameter that keeps an encoded slash', '/beta/things/a%2Fb%2fc', 'Beta', { thing: 'a%2Fb%2fc' }],
    ['a parameter that keeps what is no UTF-8', '/beta/things/%FF%41%zz', 'Beta', { thing: '%FFA%zz' }],
    ['two parameters', '/beta/users/u/parts/p', 'nested', { user: 'u', part: 'p' }],
    ['dots taken out', '/beta/users/../things/./x', 'Beta', { thing: 'x' }],
    ['encoded dots taken out', '/beta/users/%2e%2E/things/x', 'Beta', { thing: 'x' }],
    ['the name of a function without a route', '/noroute', 'noRoute', {}],
    ['a parameter only where there is something', '/beta/things/', 'zz', { rest: 'beta/things' }],
    ['the rest of the path', '/beta/users/u/parts/p/q', 'zz', { rest: 'beta/users/u/parts/p/q' }],
    ['an empty segment taken as it is', '/beta//x', 'zz', { rest: 'beta//x' }],
    ['the root', '/', 'zz', {}],
    ['a path with a question mark and nothing', '/beta/things/x?', 'Beta', { thing: 'x' }],
  ])('%s', async (_what, path, name, params) => {
    expect(await found(path)).toEqual([name, params])
  })

  test('the next function where the first does not list the method', async () => {
    expect(await found('/beta/things', 'POST')).toEqual(['betaCreate', {}])
    expect(await found('/beta/things/x', 'DELETE')).toEqual(['zz', { rest: 'beta/things/x' }])
  })

  test('nothing, with an empty 404, where no function lists the method', async () => {
    expect(await send(host.url, '/beta/things', { method: 'PATCH' })).toMatchObject({ status: 404, body: '' })
  })

  test.each([
    ['//x', 404],
    ['*', 404],
  ])('the host itself for %s', async (path, status) => {
    const answer = await send(host.url, path, { method: path === '*' ? 'OPTIONS' : 'GET' })
    expect(answer).toMatchObject({ status, body: '', headers: { 'x-content-type-options': 'nosniff' } })
  })
})

test('HEAD is answered without a body, and without the length of one', async () => {
  const { status, headers, body } = await send(host.url, '/beta/things/x', { method: 'HEAD' })
  expect([status, body, headers['transfer-encoding']]).toEqual([200, '', 'chunked'])
  expect(headers).not.toHaveProperty('content-length')
})

test.each(['ledger.example', 'LEDGER.example:8080', '[::1]:7071'])(
  'the URL is built from the Host header %s',
  async (name) => {
    const { body } = await send(host.url, '/beta/things/a%20b?x=%41', { headers: { host: name } })
    expect(JSON.parse(body).url).toBe(`http://${name.toLowerCase()}/beta/things/a%20b?x=%41`)
  },
)

test.each(['a b', 'a/b', 'x:port', '{}', 'user@host'])('a Host header %s is refused by the host', async (name) => {
  expect((await send(host.url, '/', { headers: { host: name } })).status).toBe(400)
})

test('a target in absolute form is found by its path', async () => {
  expect(await found(`${host.url}/beta/things/x`)).toEqual(['Beta', { thing: 'x' }])
})

describe('an app is refused', () => {
  test.each([
    [
      'with a route that the host cannot parse',
      `app.http('x', { route: 'a({id})', handler: () => ({}) })`,
      "cannot parse 'a({id})'",
    ],
    [
      'with a function that is not HTTP',
      `app.timer('x', { schedule: '* * * * * *', handler: () => {} })`,
      'HTTP functions only',
    ],
    [
      'with two functions of one name',
      `for (const _ of [1, 2]) app.http('x', { handler: () => ({}) })`,
      'registered twice',
    ],
    ['that registers nothing', `if (app === undefined) throw 1`, 'registers no function'],
    ['that throws while it loads', `throw new Error('broken')`, 'broken'],
  ])('%s', async (_what, source, message) => {
    await expect(throwawayApp(source)).rejects.toThrow(message)
  })
})
