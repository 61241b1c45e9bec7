import { randomUUID } from 'node:crypto'
import { request as open } from 'node:http'
import { json } from 'node:stream/consumers'
import type { OperationInput } from '@azure/cosmos'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DATABASE, type LocalDatabase, startDatabase } from '../../local/database'
import { openDatabase } from '../../local/provision'

// learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch, and what the SDK's bulk makes of the same request.

const ONE = '11111111-1111-4111-8111-111111111111'

let local: LocalDatabase
beforeAll(async () => {
  local = await startDatabase()
})
afterAll(() => local.close())

const operations = () => openDatabase(local, DATABASE).container('managedTenantOperations')
const results = () => openDatabase(local, DATABASE).container('managedTenantOperationResults')
const make = (id: string = randomUUID()) => ({ id, partnerTenantId: ONE, name: 'made' })
const create = (resourceBody = make()) => ({ operationType: 'Create' as const, resourceBody })
const names = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await operations().item(id, ONE).read()).resource?.name))

test('operations that all succeed are made, and each says what it came to', async () => {
  const [a, b] = [make(), make()]
  const { code, result } = await operations().items.batch(
    [
      create(a),
      create(b),
      { operationType: 'Read', id: a.id },
      { operationType: 'Replace', id: a.id, resourceBody: { ...a, name: 'replaced' } },
      { operationType: 'Upsert', resourceBody: { ...b, name: 'upserted' } },
      { operationType: 'Delete', id: b.id },
    ],
    ONE,
  )
  expect(code).toBe(200)
  expect(result?.map(({ statusCode }) => statusCode)).toEqual([201, 201, 200, 200, 200, 204])
  expect(result?.[0]).toMatchObject({ eTag: expect.stringMatching(/^".+"$/), resourceBody: a })
  expect(await names([a.id, b.id])).toEqual(['replaced', undefined])
})

test('if one operation of a transaction fails, the whole transaction is rolled back, and all others are 424', async () => {
  const [taken, a, b] = [make(), make(), make()]
  await operations().items.create(taken)
  const { code, result } = await operations().items.batch(
    [create(a), { operationType: 'Delete', id: taken.id }, create(a), create(b)],
    ONE,
  )
  expect(code).toBe(207)
  expect(result?.map(({ statusCode }) => statusCode)).toEqual([424, 424, 409, 424])
  expect(await names([taken.id, a.id, b.id])).toEqual(['made', undefined, undefined])
  await operations().items.create(a)
  expect(await names([a.id])).toEqual(['made'])
})

test('operations of a bulk are carried out one by one, whatever became of the others', async () => {
  const [a, b] = [make(), make()]
  const all: OperationInput[] = [
    create(a),
    create(a),
    { operationType: 'Read', id: b.id, partitionKey: [ONE, b.id] },
    create(b),
    { operationType: 'Read', id: b.id, partitionKey: [ONE, b.id] },
  ]
  const answers = await results().items.bulk(all)
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 409, 404, 201, 200])
  expect(answers[4]?.resourceBody).toMatchObject(b)
})

test('a bulk that is not to continue stops at the first failure, and keeps what it made before', async () => {
  const [a, b] = [make(), make()]
  const answers = await results().items.bulk([create(a), create(a), create(b)], { continueOnError: false })
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 409, 424])
  expect((await results().item(a.id, [ONE, a.id]).read()).resource).toMatchObject(a)
  expect((await results().item(b.id, [ONE, b.id]).read()).statusCode).toBe(404)
})

test('a client that wants no content gets tags alone, of a read the content', async () => {
  const a = make()
  const answers = await operations().items.bulk(
    [create(a), { operationType: 'Read', id: a.id, partitionKey: ONE }],
    {},
    { contentResponseOnWriteEnabled: false },
  )
  expect(answers.map(({ eTag, resourceBody }) => [typeof eTag, resourceBody?.id])).toEqual([
    ['string', undefined],
    ['string', a.id],
  ])
})

// The SDK itself refuses what is over the limits, so these go past it.
const post = async (body: string) => {
  const headers = {
    'x-ms-cosmos-is-batch-request': 'True',
    'x-ms-cosmos-batch-atomic': 'True',
    'x-ms-documentdb-partitionkey': JSON.stringify([ONE]),
    'content-length': Buffer.byteLength(body),
  }
  const url = `${local.endpoint}/dbs/${DATABASE}/colls/managedTenantOperations/docs`
  return new Promise<{ status: number | undefined; body: unknown }>((resolve, reject) => {
    open(url, { method: 'POST', headers }, (response) => {
      json(response).then((parsed) => resolve({ status: response.statusCode, body: parsed }), reject)
    })
      .once('error', reject)
      .end(body)
  })
}

test.each([
  ['100 operations', JSON.stringify(Array.from({ length: 100 }, () => create())), 200],
  ['101 operations', JSON.stringify(Array.from({ length: 101 }, () => create())), 400],
  ['no operation', '[]', 400],
  ['no array', '{}', 400],
  ['an unknown operation', '[{"operationType":"Drop"}]', 400],
  ['nothing where an operation should be', '[null]', 400],
  ['more than 2 MB', JSON.stringify([create({ ...make(), name: 'x'.repeat(2 * 1024 * 1024) })]), 413],
])('a batch of %s is %i', async (_, body, status) => {
  expect((await post(body)).status).toBe(status)
})
