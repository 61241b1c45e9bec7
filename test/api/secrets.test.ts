import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, NOW, type Reply, startLedger, TENANT } from '../harness'
import { GUID } from './replies'
import { httpRequest, operation, type Sample } from './samples'

const SECRET = 'S3cr3t-0f-a-partner'
const HIDDEN = '[redacted]'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const everywhere = async ({ container }: Sample, reply: Reply): Promise<string> => {
  const { resources } = await ledger.database.container(container).items.readAll().fetchAll()
  return [reply.text, ...reply.logged, JSON.stringify([...reply.headers]), JSON.stringify(resources)].join('\n')
}

const record = async (change: object) => {
  const reply = await ledger.call({ path: httpRequest.path, body: { ...httpRequest.body, ...change } })
  expect(reply.status).toBe(201)
  expect(await everywhere(httpRequest, reply)).not.toContain(SECRET)
  const stored = await ledger.stored(httpRequest.container, String(reply.json.id))
  return { stored, json: reply.json }
}

const request = (members: object) => ({ request: members })

describe('dapAccessToken', () => {
  it.each([201, 204])('is checked and dropped (%i)', async (status) => {
    const credentials = { dapAccessToken: SECRET, '@odata.type': 'microsoft.graph.managedTenantOperationCredentials' }
    const headers = status === 204 ? { prefer: 'return=minimal' } : {}
    const reply = await ledger.call({ path: operation.path, body: { ...operation.body, credentials }, headers })
    expect(reply.status).toBe(status)
    expect(await everywhere(operation, reply)).not.toMatch(/S3cr3t|dapAccessToken/)
    const id = reply.headers.get('location')?.split('/').at(-1) ?? ''
    expect((await ledger.stored(operation.container, id))?.credentials).toEqual({})
    if (status === 201)
      expect(reply.json.credentials).toEqual({ '@odata.type': 'microsoft.graph.managedTenantOperationCredentials' })
  })

  it.each([
    { credentials: { dapAccessToken: [SECRET] } },
    { credentials: { dapAccessToken: { [SECRET]: SECRET } } },
    { dapAccessToken: SECRET },
    { own: { dapAccessToken: SECRET } },
    { credentials: { dapAccessToken: SECRET }, name: '' },
    { credentials: { dapAccessToken: SECRET }, target: { own: SECRET } },
    { target: SECRET, status: [SECRET] },
  ])('is not repeated by a refusal: %j', async (change) => {
    const reply = await ledger.call({ path: operation.path, body: { ...operation.body, ...change } })
    expect(reply.status).toBe(400)
    expect(await everywhere(operation, reply)).not.toContain(SECRET)
  })

  it('is not quoted by the message for invalid JSON', async () => {
    const stray = [SECRET, `{"a":${SECRET}}`, `"${SECRET}"`, `\n    at ${SECRET}`, `{"a":\n  at ${SECRET}\n}`]
    for (const body of [`{"credentials":{"dapAccessToken":"${SECRET}`, ...stray]) {
      const reply = await ledger.call({ path: operation.path, body })
      expect([reply.status, reply.logged.length]).toEqual([400, 1])
      expect(await everywhere(operation, reply)).not.toContain('S3cr3t')
    }
  })
})

describe('a recorded header', () => {
  it.each([
    ...['Authorization', 'proxy-authorization', 'COOKIE', 'Set-Cookie', 'X-Functions-Key', 'x-api-key', 'Api-Key'],
    ...['Ocp-Apim-Subscription-Key', 'X-MS-Client-Principal', 'X-Auth-Token', 'x-ms-token-aad-id-token'],
    ...['Client-Secret', 'X-MS-Authorization-Auxiliary', 'apikey', 'X-Goog-Api-Key', ' authorization ', 'cookie2'],
  ])('%s loses its value', async (name) => {
    const headers = [
      { name: 'Accept', value: 'text/html' },
      { name, value: SECRET },
    ]
    const { stored, json } = await record({ request: { headers }, response: { headers } })
    const expected = { headers: [headers[0], { name, value: HIDDEN }] }
    expect(stored).toMatchObject({ request: expected, response: expected })
    expect(json).toMatchObject({ request: expected, response: expected })
  })

  it.each(['Content-Type', 'X-Request-Id', 'ETag', 'Host', 'X-Authority', 'Key'])('%s keeps it', async (name) => {
    const { stored } = await record(
      request({ headers: [{ name, value: 'v' }, { name }, { value: 'v' }, { name, value: null }] }),
    )
    expect(stored).toMatchObject(
      request({ headers: [{ name, value: 'v' }, { name }, { value: 'v' }, { name, value: null }] }),
    )
  })
})

describe('a recorded URL', () => {
  const rows: [string, string][] = [
    [`https://x.example/a?sig=${SECRET}&sv=1#top`, `https://x.example/a?sig=${HIDDEN}&sv=1#top`],
    [`https://x.example/a?b=1&CODE=${SECRET}`, `https://x.example/a?b=1&CODE=${HIDDEN}`],
    [`https://x.example/#access_token=${SECRET}&state=1`, `https://x.example/#access_token=${HIDDEN}&state=1`],
    [`https://x.example/?client%5Fsecret=${SECRET}`, `https://x.example/?client%5Fsecret=${HIDDEN}`],
    [`https://x.example/?p%61ssword=${SECRET}`, `https://x.example/?p%61ssword=${HIDDEN}`],
    [
      `https://x.example/?client_assertion=${SECRET}&key=${SECRET}`,
      `https://x.example/?client_assertion=${HIDDEN}&key=${HIDDEN}`,
    ],
    [`https://me:${SECRET}@x.example/?a=b@c`, `https://me:${HIDDEN}@x.example/?a=b@c`],
    [`https://me:${SECRET}@x:${SECRET}@x.example/`, `https://me:${HIDDEN}@x.example/`],
    [`//:${SECRET}@x.example`, `//:${HIDDEN}@x.example`],
    [`/relative?myNewSecret=${SECRET}=${SECRET}`, `/relative?myNewSecret=${HIDDEN}`],
    [`/a;sig=${SECRET}/b?subscription-key=${SECRET}`, `/a;sig=${HIDDEN}/b?subscription-key=${HIDDEN}`],
    [`/?r=https%3A%2F%2Fx%2F%3Fsig%3D${SECRET}&b=1`, `/?r=https%3A%2F%2Fx%2F%3Fsig%3D${HIDDEN}&b=1`],
    ['/relative?mySecretName=1&$skiptoken=2', '/relative?mySecretName=1&$skiptoken=2'],
    ['https://x.example/?keys=1&codec=2&%ZZ=3&=4', 'https://x.example/?keys=1&codec=2&%ZZ=3&=4'],
  ]

  it.each(rows)('%s', async (url, expected) => {
    const names = ['Location', 'Referer', 'Operation-Location', 'x-ms-copy-source', 'X-Any']
    const headers = (value: string) => names.map((name) => ({ name, value }))
    const { stored, json } = await record({
      request: { url, headers: headers(url) },
      response: { headers: headers(url) },
    })
    const clean = { request: { url: expected, headers: headers(expected) }, response: { headers: headers(expected) } }
    expect(stored).toMatchObject(clean)
    expect(json).toMatchObject(clean)
  })

  it('is not looked into elsewhere', async () => {
    const url = 'https://x.example/?sig=of-the-caller'
    const { stored } = await record({ ...request({ body: url }), own: url, exception: url })
    expect(stored).toMatchObject({ ...request({ body: url }), own: url, exception: url })
  })
})

describe('the log', () => {
  it('has one line of a create, with these members', async () => {
    const { logged, log, headers } = await ledger.call({ path: operation.path, body: operation.body })
    expect(logged).toHaveLength(1)
    expect(log).toEqual({
      time: NOW.toISOString(),
      function: 'managedTenantOperationsCreate',
      method: 'POST',
      status: 201,
      duration: expect.any(Number),
      requestId: headers.get('request-id'),
      clientRequestId: headers.get('client-request-id'),
      tenant: TENANT,
      storeRequests: 1,
      storeCharge: expect.any(Number),
    })
    expect(headers.get('request-id')).toMatch(GUID)
  })

  it('has one line of a refusal, with the check that failed', async () => {
    const { logged, log } = await ledger.call({ path: operation.path, body: {} })
    const names = [
      'time',
      'function',
      'method',
      'status',
      'duration',
      'requestId',
      'clientRequestId',
      'tenant',
      'error',
    ]
    expect([logged.length, Object.keys(log)]).toEqual([1, [...names, 'storeRequests', 'storeCharge']])
    expect([log.error, log.storeRequests]).toEqual(['invalidPayload', 0])
    const stranger = await ledger.call({ path: operation.path, body: {}, token: null })
    expect(Object.keys(stranger.log)).toEqual(names.filter((name) => name !== 'tenant'))
  })

  it('names a defect and where it happened, but not its message', async () => {
    const inner = Object.assign(new TypeError(`inner\n    at ${SECRET}\n`), { code: 'E_INNER', body: SECRET })
    const cause = Object.assign(new Error(SECRET, { cause: inner }), { headers: { authorization: SECRET } })
    const services = {
      ...ledger.services,
      newId: () => {
        throw cause
      },
    }
    const reply = await ledger.call({ path: operation.path, body: operation.body, services })
    expect([reply.status, reply.log.error]).toEqual([500, 'unexpected'])
    expect(await everywhere(operation, reply)).not.toContain(SECRET)
    const stack = expect.stringMatching(/^ +at .+secrets\.test\.ts:\d+/)
    expect(reply.log.causes).toEqual([
      { name: 'Error', stack },
      { name: 'TypeError', code: 'E_INNER', stack },
    ])
  })
})
