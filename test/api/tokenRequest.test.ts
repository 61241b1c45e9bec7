import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, type Reply, startLedger } from '../harness'
import { httpRequest } from './samples'

const SECRET = 'S3cr3t-0f-a-customer'
const HIDDEN = '[redacted]'
const JWT = `eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.${SECRET}`

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const form = (secret: string) => `client_id=1&client%5Fsecret=${secret}&assertion=${secret}&grant_type=password&a=b`
const answer = (secret: string, token = secret) =>
  `{"token_type":"Bearer", "expires_in":3599,"access_token":"${token}","uploadUrl":"https://x/?a=1\\u0026sig=${secret}"`

const recorded = (secret: string, token = secret) => ({
  request: {
    method: 'POST',
    url: `https://login.example/token?code=${secret}`,
    body: form(secret),
    headers: [{ name: 'X-Original', value: `Basic ${secret}` }],
  },
  response: { status: 200, body: answer(secret, token), headers: [{ name: 'X-Any', value: token }] },
})

const everywhere = async (reply: Reply): Promise<string> => {
  const { resources } = await ledger.database.container(httpRequest.container).items.readAll().fetchAll()
  return [reply.text, ...reply.logged, JSON.stringify([...reply.headers]), JSON.stringify(resources)].join('\n')
}

test('of a recorded token request and its answer nothing that grants access is stored, answered or logged', async () => {
  const body = { ...httpRequest.body, ...recorded(SECRET, JWT) }
  const reply = await ledger.call({ path: httpRequest.path, body })
  expect(reply.status).toBe(201)
  expect(await everywhere(reply)).not.toMatch(/S3cr3t|eyJ[\w]+\.eyJ/)
  expect(await ledger.stored(httpRequest.container, String(reply.json.id))).toMatchObject(recorded(HIDDEN))
  expect(reply.json).toMatchObject(recorded(HIDDEN))
})

test('nor of one that a PATCH brings', async () => {
  const { json } = await ledger.call({ path: httpRequest.path, body: httpRequest.body })
  const path = `${httpRequest.path}/${json.id}`
  const reply = await ledger.call({ method: 'PATCH', path, body: recorded(SECRET, JWT) })
  expect(reply.status).toBe(200)
  expect(await everywhere(reply)).not.toMatch(/S3cr3t|eyJ[\w]+\.eyJ/)
  expect(reply.json).toMatchObject(recorded(HIDDEN))
})
