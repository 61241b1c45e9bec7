import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, NOW, startLedger } from '../harness'
import { verdict } from './replies'
import { operation } from './samples'

const ID = 'Repeatability-Request-ID'
const SENT = 'Repeatability-First-Sent'
const DAY = 86_400_000
const GUID = '4e0a8d37-61f2-4c9b-b85d-93c7e1f20a64'
const { path, body, container } = operation

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const at = (milliseconds: number) => new Date(Math.floor((NOW.getTime() + milliseconds) / 1000) * 1000).toUTCString()

const refused = async (headers: Record<string, string | undefined>) => {
  const before = await ledger.count(container)
  const reply = await ledger.call({ path, body, headers })
  expect(await ledger.count(container)).toBe(before)
  return [...verdict(reply), reply.headers.get('repeatability-result')]
}

describe('Repeatability headers', () => {
  const good = at(0)
  const rows: [string, string | undefined, string | undefined, string][] = [
    ['without the id', undefined, good, ID],
    ['without the time', GUID, undefined, SENT],
    ['with an empty id', '', good, ID],
    ['with an empty time', GUID, '', SENT],
    ['with an id that is no GUID', 'mine', good, ID],
    ['with an id in braces', `{${GUID}}`, good, ID],
    ['with two ids', `${GUID}, ${GUID}`, good, ID],
    ['with an id that is too long', `${GUID}0`, good, ID],
    ['with both wrong', 'mine', 'now', ID],
    ['with a time of another form', GUID, NOW.toISOString(), SENT],
    ['with a time of RFC 850', GUID, 'Monday, 23-Nov-26 10:55:47 GMT', SENT],
    ['with a time of asctime', GUID, 'Mon Nov 23 10:55:47 2026', SENT],
    ['with the wrong day of the week', GUID, good.replace('Mon', 'Tue'), SENT],
    ['with a time in UTC', GUID, good.replace('GMT', 'UTC'), SENT],
    ['with a time in another zone', GUID, good.replace('GMT', '+0000'), SENT],
    ['with a day that is not there', GUID, 'Mon, 30 Feb 2026 10:55:47 GMT', SENT],
    ['with a number', GUID, String(NOW.getTime()), SENT],
    ['with two times', GUID, `${good}, ${good}`, SENT],
  ]
  it.each(rows)('%s are refused', async (_, id, sent, target) => {
    expect(await refused({ [ID]: id, [SENT]: sent })).toEqual([400, 'badRequest', 'invalidHeader', target, 'rejected'])
  })

  it.each([
    ['a day and a second ago', -DAY - 1000],
    ['a year ago', -365 * DAY],
    ['more than five minutes ahead', 302_000],
    ['a year ahead', 365 * DAY],
  ])('of %s are rejected', async (_, time) => {
    const reply = await refused({ [ID]: randomUUID(), [SENT]: at(time) })
    expect(reply).toEqual([412, 'preconditionFailed', 'repeatabilityRejected', SENT, 'rejected'])
  })

  it.each([
    ['almost a day ago', -DAY + 1000],
    ['five minutes ahead', 300_000],
  ])('of %s are accepted', async (_, time) => {
    const reply = await ledger.call({ path, body, headers: { [ID]: ` ${randomUUID()} `, [SENT]: ` ${at(time)} ` } })
    expect([reply.status, reply.headers.get('repeatability-result')]).toEqual([201, 'accepted'])
  })

  it('keep a window that ends to the millisecond', async () => {
    const headers = { [ID]: randomUUID(), [SENT]: at(0) }
    const sent = Date.parse(at(0))
    // Of the token another clock decides.
    const { authenticate } = ledger.services
    const statusAt = async (time: number) => {
      const services = { ...ledger.with({}, () => new Date(sent + time)), authenticate }
      return (await ledger.call({ path, body, headers, services })).status
    }
    expect([await statusAt(DAY), await statusAt(DAY + 1)]).toEqual([201, 412])
    expect([await statusAt(-300_000), await statusAt(-300_001)]).toEqual([201, 412])
  })

  it('are ignored where a verb is repeatable by nature', async () => {
    const wrong = { [ID]: 'mine' }
    const { json } = await ledger.call({ path, body })
    const item = `${path}/${json.id}`
    for (const call of [
      { path, headers: wrong },
      { path: item, headers: wrong },
      { path: item, method: 'PATCH', body: {}, headers: wrong },
      { path: `${path}/$count`, headers: wrong },
      { path: item, method: 'DELETE', headers: { ...wrong, [SENT]: at(-365 * DAY) } },
    ]) {
      const reply = await ledger.call(call)
      expect([reply.status < 300, reply.headers.get('repeatability-result')]).toEqual([true, null])
    }
  })

  it('make no create repeatable that was refused', async () => {
    const headers = { [ID]: randomUUID(), [SENT]: at(0) }
    expect((await ledger.call({ path, body: { ...body, name: '' }, headers })).status).toBe(400)
    expect((await ledger.call({ path, body, headers })).status).toBe(201)
  })
})
