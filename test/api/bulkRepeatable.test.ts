import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, NOW, startLedger } from '../harness'
import { copies, entitiesOf, outcomes, repeatableBulk, sendBulk } from './bulks'
import { verdict } from './replies'
import { appOperation, result } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const ids = async (reply: Awaited<ReturnType<typeof sendBulk>>) => entitiesOf(reply).map(({ id }) => id)
const count = () => ledger.count(result.container)

test('a bulk that is repeatable stores nothing twice, and answers what was stored as stored', async () => {
  const headers = repeatableBulk('9d2f8a41-93b7-4c05-a8e6-2b71d94f0c53')
  const value = copies(result, 250)
  const first = await sendBulk(ledger, result, value, { headers })
  expect(first.headers.get('repeatability-result')).toBe('accepted')
  const before = await count()
  const second = await sendBulk(ledger, result, value, { headers })
  expect(second.json['@odata.count']).toBe(250)
  expect(await ids(second)).toEqual(await ids(first))
  expect(second.json.value).toEqual(first.json.value)
  expect(await count()).toBe(before)
})

test('a bulk that is repeatable may be sent again in part where its entities have ContentIDs', async () => {
  const headers = repeatableBulk('1d2f8a41-93b7-4c05-a8e6-2b71d94f0c53')
  const value = copies(result, 5).map((entity, index) => ({ ...entity, '@Core.ContentID': `c${index}` }))
  const first = await sendBulk(ledger, result, value, { headers })
  const again = await sendBulk(ledger, result, [value[4], value[2]], { headers })
  expect(await ids(again)).toEqual([entitiesOf(first)[4]?.id, entitiesOf(first)[2]?.id])
})

test('a bulk that is repeatable refuses other content entity by entity, and changes nothing', async () => {
  const headers = repeatableBulk('2d2f8a41-93b7-4c05-a8e6-2b71d94f0c53')
  const value = copies(result, 3)
  await sendBulk(ledger, result, value, { headers })
  const before = await count()
  const other = await sendBulk(ledger, result, [value[0], { ...value[1], isSuccess: false }, value[2], result.body], {
    headers,
  })
  expect(outcomes(other)).toEqual([
    ['0'],
    ['1', 412, 'repeatabilityRejected', 'Repeatability-Request-ID'],
    ['2'],
    ['3'],
  ])
  expect(other.json['@odata.count']).toBe(3)
  expect(await count()).toBe(before + 1)
})

test('a bulk that is repeatable meets no POST with the same id, and no other collection or caller', async () => {
  const headers = repeatableBulk('3d2f8a41-93b7-4c05-a8e6-2b71d94f0c53')
  const [bulk, post, below, elsewhere] = await Promise.all([
    sendBulk(ledger, result, [result.body], { headers }),
    ledger.call({ path: result.path, body: result.body, headers }),
    sendBulk(ledger, appOperation, [appOperation.body], { headers }),
    sendBulk(ledger, { path: appOperation.elsewhere ?? '' }, [appOperation.body], { headers }),
  ])
  const made = [bulk, below, elsewhere].map((reply) => entitiesOf(reply)[0]?.id)
  expect(new Set([...made, post.json.id]).size).toBe(4)
})

test('a bulk that is repeatable may be sent by two at once', async () => {
  const headers = repeatableBulk('4d2f8a41-93b7-4c05-a8e6-2b71d94f0c53')
  const before = await count()
  const value = copies(result, 300)
  const replies = await Promise.all([1, 2, 3].map(() => sendBulk(ledger, result, value, { headers })))
  for (const reply of replies) expect(reply.json['@odata.count']).toBe(300)
  expect(new Set(replies.map((reply) => JSON.stringify(reply.json.value))).size).toBe(1)
  expect(await count()).toBe(before + 300)
})

test('a bulk that is repeatable is refused with half of its headers, or an old date', async () => {
  const { 'repeatability-request-id': id } = repeatableBulk('5d2f8a41-93b7-4c05-a8e6-2b71d94f0c53')
  const half = await sendBulk(ledger, result, [result.body], { headers: { 'repeatability-request-id': id } })
  expect(verdict(half)).toEqual([400, 'badRequest', 'invalidHeader', 'Repeatability-First-Sent'])
  const old = new Date(NOW.getTime() - 90_000_000).toUTCString()
  const late = await sendBulk(ledger, result, [result.body], {
    headers: { 'repeatability-request-id': id, 'repeatability-first-sent': old },
  })
  expect(verdict(late)).toEqual([412, 'preconditionFailed', 'repeatabilityRejected', 'Repeatability-First-Sent'])
})
