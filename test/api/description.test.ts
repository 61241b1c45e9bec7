import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, type Ledger, startLedger } from '../harness'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const ask = (path: string, headers: Call['headers'] = {}, method = 'GET') =>
  ledger.call({ method, path, headers, token: null })

const SERVICE = 'application/json;odata.metadata=minimal;charset=utf-8'
const JSON_TYPE = 'application/json;charset=utf-8'
const XML_TYPE = 'application/xml;charset=utf-8'

describe.each([
  ['/beta', undefined, SERVICE],
  ['/v1.0/', '*/*', SERVICE],
  ['/BETA', 'application/json;odata.metadata=full', SERVICE],
  ['/beta/$metadata', undefined, XML_TYPE],
  ['/v1.0/$metadata', 'application/json', JSON_TYPE],
  ['/v1.0/$metadata', 'application/json;q=0.5,application/xml', XML_TYPE],
  ['/v1.0/$metadata', 'application/*,application/xml;q=0', JSON_TYPE],
  ['/beta/$metadata?$format=json', 'application/xml', JSON_TYPE],
  ['/beta/$metadata?$format=application/xml', undefined, XML_TYPE],
  ['/beta/tenantRelationships/$metadata', undefined, XML_TYPE],
  ['/v1.0/tenantRelationships/$metadata?$format=json', undefined, JSON_TYPE],
  ['/beta/openapi.json', undefined, JSON_TYPE],
  ['/v1.0/openapi.json', 'text/html,*/*;q=0.8', JSON_TYPE],
  ['/', undefined, JSON_TYPE],
  ['/', '*/*', JSON_TYPE],
])('GET %s with Accept %s', (path, accept, type) => {
  test('is answered without a token, for anyone to keep', async () => {
    const reply = await ask(path, { accept })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, type])
    expect(reply.headers.get('cache-control')).toBe('public, max-age=300')
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
    expect(reply.headers.get('etag')).toMatch(/^"[\w-]{27}"$/)
    expect(reply.headers.get('vary')).toContain('Accept')
  })

  test('HEAD says the same without a body, and 304 who has it already', async () => {
    const tag = (await ask(path, { accept })).headers.get('etag') ?? ''
    const head = await ask(path, { accept }, 'HEAD')
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', tag])
    for (const known of [tag, `"x", W/${tag}`, '*']) {
      const again = await ask(path, { accept, 'if-none-match': known })
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag])
    }
    expect((await ask(path, { accept, 'if-none-match': '"x"' })).status).toBe(200)
  })
})

test('each form has a tag of its own, compressed or not, and each origin too', async () => {
  const path = '/beta/openapi.json'
  const services = ledger.with({ PUBLIC_BASE_URL: 'https://ledger.example' })
  const elsewhere = await ledger.call({ path, token: null, services })
  const compressed = await ask(path, { 'accept-encoding': 'br, gzip' })
  const others = await Promise.all(
    ['/v1.0/openapi.json', path, '/beta/$metadata', '/beta/$metadata?$format=json'].map((one) => ask(one)),
  )
  const tags = [elsewhere, compressed, ...others].map(({ headers }) => headers.get('etag'))
  expect(new Set(tags).size).toBe(tags.length)
  expect(compressed.headers.get('content-encoding')).toBe('gzip')
  expect((await ask(path, { 'accept-encoding': 'gzip;q=0' })).headers.get('content-encoding')).toBe(null)
  expect(elsewhere.json.servers).toEqual([{ url: 'https://ledger.example/beta' }])
})

test('the service document lists what can be read', async () => {
  const names = ['managedTenantOperations', 'managedTenantOperationResults', 'managedTenantOperationHttpRequests']
  expect((await ask('/v1.0')).json).toEqual({
    '@odata.context': 'http://ledger.test/v1.0/$metadata',
    value: names.map((name) => ({ name, kind: 'EntitySet', url: name })),
  })
})

test('every address that / names is answered', async () => {
  const { text } = await ask('/')
  const found = [...text.matchAll(/"http:\/\/ledger\.test([^"]*)"/g)].map(([, path = '']) => path)
  expect(found).toHaveLength(9)
  for (const path of found) expect([path, (await ask(path)).status]).toEqual([path, 200])
})

const RELATIONSHIP = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4-0b7c2f11-93de-4a6f-8c25-d1e0947ab358'

test.each([
  '/beta/managedTenantOperations',
  '/v1.0/managedTenantOperationResults',
  '/beta/users/a/managedAppRegistrations/b/operations',
  `/beta/tenantRelationships/delegatedAdminRelationships/${RELATIONSHIP}/requests`,
])('the context of %s leads to the model', async (path) => {
  const { json } = await ledger.call({ path })
  const [address = ''] = String(json['@odata.context']).split('#')
  expect((await ask(new URL(address).pathname)).status).toBe(200)
})

describe('a request to the service root that carries an Authorization header is judged by it', () => {
  test.each([
    ['Bearer', 'missingToken'],
    ['Bearer ', 'missingToken'],
    ['Bearer x', 'invalidToken'],
    ['Basic eA==', 'invalidToken'],
  ])('%s', async (authorization, code) => {
    const reply = await ask('/beta', { authorization })
    expect([reply.status, reply.json]).toMatchObject([401, { error: { innerError: { code } } }])
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer authorization_uri="http:\/\/127.*", realm="[\w-]+"/)
    expect(reply.headers.get('cache-control')).toBe('no-store')
  })

  test('a good token is as good as none', async () => {
    const reply = await ledger.call({ path: '/beta' })
    expect([reply.status, reply.headers.get('vary')]).toEqual([200, 'Accept, Authorization, Accept-Encoding'])
    expect(reply.log.tenant).toBeDefined()
  })
})

test.each([
  ['POST', '/beta', {}, 405, 'unsupportedMethod'],
  ['PUT', '/beta/$metadata', {}, 405, 'unsupportedMethod'],
  ['DELETE', '/', {}, 405, 'unsupportedMethod'],
  ['PATCH', '/assets/swagger-ui.css', {}, 405, 'unsupportedMethod'],
  ['GET', '/v2.0', {}, 404, 'unknownPath'],
  ['GET', '/v2.0/$metadata', {}, 404, 'unknownPath'],
  ['GET', '/v2.0/openapi.json', {}, 404, 'unknownPath'],
  ['POST', '/v2.0', {}, 404, 'unknownPath'],
  ['GET', '/beta', { accept: 'application/xml' }, 406, 'unacceptableMediaType'],
  ['GET', '/beta?$format=xml', {}, 406, 'unacceptableMediaType'],
  ['GET', '/beta/$metadata', { accept: 'text/plain' }, 406, 'unacceptableMediaType'],
  ['GET', '/beta/$metadata', { accept: '*/*;q=0' }, 406, 'unacceptableMediaType'],
  ['GET', '/beta/$metadata?$format=atom', {}, 406, 'unacceptableMediaType'],
  ['GET', '/beta/openapi.json', { accept: 'application/yaml' }, 406, 'unacceptableMediaType'],
  ['GET', '/beta/$metadata?$top=1', {}, 400, 'invalidQueryOption'],
  ['GET', '/beta?$format=json&$format=xml', {}, 400, 'invalidQueryOption'],
  ['GET', '/', { accept: 'image/png' }, 406, 'unacceptableMediaType'],
  ['GET', '/assets/none.js', {}, 404, 'unknownPath'],
  ['GET', '/assets/..%2fmain.js', {}, 404, 'unknownPath'],
  ['GET', '/assets/..%5cmain.js', {}, 404, 'unknownPath'],
  ['GET', '/assets/__proto__', {}, 404, 'unknownPath'],
])('%s %s is refused (%j)', async (method, path, headers, status, failure) => {
  const reply = await ask(path, headers, method)
  expect([reply.status, reply.json]).toMatchObject([status, { error: { innerError: { code: failure } } }])
  if (status === 405) expect(reply.headers.get('allow')).toBe('GET, HEAD')
})
