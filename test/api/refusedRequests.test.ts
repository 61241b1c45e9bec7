import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { ofBody, ofHeaders, ofPath, ofStore } from './refusals'
import { errorOf, GUID, verdict } from './replies'
import { operation, relationshipRequest, samples } from './samples'

const ID = '9f1c6e02-4b7d-4a58-8e93-d05b2a7c61f4'
const { path, body } = operation

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const countAll = async () => Promise.all(samples.map(({ container }) => ledger.count(container)))

const bearer = /^Bearer authorization_uri="http:\/\/127\.0\.0\.1:\d+\/common\/oauth2\/v2\.0\/authorize", realm="[\w-]+"/

describe.each([
  ['body', ofBody],
  ['path', ofPath],
  ['header, token or option', ofHeaders],
  ['service around', ofStore],
])('for its %s a create is refused that has', (_, rows) => {
  it.each(rows.map((row) => [row.name.slice(0, 80), row] as const))('%s', async (_name, row) => {
    const before = await countAll()
    const services = row.settings === undefined ? ledger.services : ledger.with(row.settings)
    const reply = await ledger.call({ method: 'POST', path, body, services, ...row.call })
    expect(verdict(reply)).toEqual(row.verdict)
    const given = Object.fromEntries(reply.headers)
    expect(given).toMatchObject({ 'content-type': 'application/json', ...row.headers })
    if (reply.status === 401) expect(given['www-authenticate']).toMatch(bearer)
    expect(reply.log).toMatchObject({ status: reply.status, error: row.verdict[2] })
    expect(await countAll()).toEqual(before)
  })
})

describe('the envelope of a refusal', () => {
  it('is this, whole', async () => {
    const headers = { 'client-request-id': ID }
    const reply = await ledger.call({ path: relationshipRequest.path, body: { action: 1, extra: {} }, headers })
    const first = { code: 'unknownProperty', target: 'extra' }
    const second = { code: 'invalidType', target: 'action' }
    const message = expect.stringMatching(/^[A-Z'].+\.$/)
    expect(reply.json).toEqual({
      error: {
        code: 'badRequest',
        message,
        target: 'extra',
        details: [first, second].map((detail) => ({ ...detail, message })),
        innerError: {
          code: 'invalidPayload',
          date: '2026-11-23T10:55:47',
          'request-id': expect.stringMatching(GUID),
          'client-request-id': ID,
        },
      },
    })
    expect(Object.keys(errorOf(reply) ?? {})).toEqual(['code', 'message', 'target', 'details', 'innerError'])
    expect(Object.fromEntries(reply.headers)).toEqual({
      'content-type': 'application/json',
      'request-id': errorOf(reply)?.innerError['request-id'],
      'client-request-id': ID,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  it('says what is wrong with a token only to a client that sent one', async () => {
    const none = await ledger.call({ path, body, token: null })
    expect(none.headers.get('www-authenticate')).not.toContain('error')
    for (const authorization of ['Bearer', 'Bearer ', 'bearer', '']) {
      const empty = await ledger.call({ path, body, token: null, headers: { authorization } })
      expect(verdict(empty)).toEqual([401, 'unauthorized', 'missingToken', 'Authorization'])
      expect(empty.headers.get('www-authenticate')).toBe(none.headers.get('www-authenticate'))
    }
    const old = await ledger.call({ path, body, token: { expires: -3600 } })
    expect(old.headers.get('www-authenticate')).toContain(', error="invalid_token", error_description="')
  })

  it('names the remedy for a body that was lost', async () => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const reply = await ledger.call({ method: 'POST', path, headers })
    expect(errorOf(reply)?.message).toContain('Content-Length')
  })
})
