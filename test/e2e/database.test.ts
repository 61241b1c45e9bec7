import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASE, type LocalDatabase, startDatabase } from '../../local/database'
import { openDatabase, provision } from '../../local/provision'

const ONE = '11111111-1111-4111-8111-111111111111'
const TWO = '22222222-2222-4222-8222-222222222222'

let local: LocalDatabase
beforeAll(async () => {
  local = await startDatabase()
})
afterAll(() => local.close())

const container = (name: string) => openDatabase(local, DATABASE).container(name)
const operations = () => container('managedTenantOperations')
const results = () => container('managedTenantOperationResults')
const make = (partnerTenantId: string, id: string = randomUUID()) => ({
  id,
  partnerTenantId,
  name: 'made',
  createdDateTime: '2026-01-01',
})

describe('containers', () => {
  test('have the partition keys and index policies of the infrastructure, and are made once', async () => {
    await provision(local, DATABASE)
    const { resources } = await openDatabase(local, DATABASE).containers.readAll().fetchAll()
    expect(resources.map(({ id, partitionKey }) => [id, partitionKey?.paths, partitionKey?.kind]).sort()).toEqual([
      ['delegatedAdminRelationshipRequests', ['/partnerTenantId'], 'Hash'],
      ['managedAppOperations', ['/partnerTenantId'], 'Hash'],
      ['managedTenantOperationHttpRequests', ['/partnerTenantId', '/id'], 'MultiHash'],
      ['managedTenantOperationResults', ['/partnerTenantId', '/id'], 'MultiHash'],
      ['managedTenantOperations', ['/partnerTenantId'], 'Hash'],
    ])
    expect(resources.every(({ indexingPolicy }) => (indexingPolicy?.includedPaths?.length ?? 0) > 1)).toBe(true)
  })

  test('that are missing are 404 with substatus 1003, which no missing document has', async () => {
    const item = { partnerTenantId: ONE, id: 'x' }
    await expect(container('nothing').items.create(item)).rejects.toMatchObject({ code: 404, substatus: 1003 })
    expect((await operations().item('x', ONE).read()).substatus).not.toBe(1003)
  })
})

describe('entity tags', () => {
  test('are quoted in documents, in headers and in queries, and all the same', async () => {
    const document = make(ONE)
    const { resource, etag } = await operations().items.create(document)
    const query = { query: 'SELECT * FROM c WHERE c.id = @id', parameters: [{ name: '@id', value: document.id }] }
    const { resources } = await operations().items.query(query, { partitionKey: ONE }).fetchAll()
    const { resource: read } = await operations().item(document.id, ONE).read()
    expect(etag).toMatch(/^"[0-9a-f-]{36}"$/)
    expect([resource?._etag, read?._etag, resources[0]?._etag]).toEqual([etag, etag, etag])
  })

  test.each(['managedTenantOperations', 'managedTenantOperationResults'])('guard a replacement in %s', async (name) => {
    const document = make(ONE)
    const key = name === 'managedTenantOperations' ? ONE : [ONE, document.id]
    const item = container(name).item(document.id, key)
    const { etag: first } = await container(name).items.create(document)
    const ifMatch = (condition: string) => ({ accessCondition: { type: 'IfMatch', condition } })
    const { etag: second } = await item.replace({ ...document, name: 'again' }, ifMatch(first))
    expect(second).not.toBe(first)
    await expect(item.replace(document, ifMatch(first))).rejects.toMatchObject({ code: 412 })
    await expect(item.delete(ifMatch(first))).rejects.toMatchObject({ code: 412 })
    expect((await item.read()).resource?.name).toBe('again')
    await item.replace(document, ifMatch('*'))
    expect((await item.delete()).statusCode).toBe(204)
  })
})

describe('documents', () => {
  test.each([
    ['one level', operations, (tenant: string) => tenant],
    ['two levels', results, (tenant: string, id: string) => [tenant, id]],
  ])('that are not there are 404 in a container with a key of %s', async (_levels, open, keyOf) => {
    const document = make(ONE)
    const item = (tenant: string) => open().item(document.id, keyOf(tenant, document.id))
    expect((await item(ONE).read()).statusCode).toBe(404)
    await open().items.create(document)
    expect((await item(ONE).read()).statusCode).toBe(200)
    expect((await item(TWO).read()).statusCode).toBe(404)
    await expect(item(TWO).delete()).rejects.toMatchObject({ code: 404 })
  })

  test('may bear the same id in two partners, and only once in each', async () => {
    for (const open of [operations, results]) {
      const id = randomUUID()
      await open().items.create(make(ONE, id))
      await open().items.create(make(TWO, id))
      await expect(open().items.create(make(ONE, id))).rejects.toMatchObject({ code: 409 })
      expect(
        (
          await open()
            .item(id, open === results ? [TWO, id] : TWO)
            .read()
        ).resource?.partnerTenantId,
      ).toBe(TWO)
    }
  })

  test('end at 2 MB', async () => {
    const tooLarge = { ...make(ONE), text: 'x'.repeat(2 * 1024 * 1024) }
    await expect(operations().items.create(tooLarge)).rejects.toMatchObject({ code: 413 })
    await operations().items.create({ ...make(ONE), text: 'x'.repeat(2_000_000) })
  })
})

test('a query-plan request is refused, and queries work all the same', async () => {
  const headers = { 'content-type': 'application/query+json', 'x-ms-cosmos-is-query-plan-request': 'True' }
  const address = `${local.endpoint}/dbs/${DATABASE}/colls/managedTenantOperationResults/docs`
  const plan = await fetch(address, { method: 'POST', headers, body: '{"query":"SELECT * FROM c"}' })
  expect(plan.status).toBe(400)
  const tenant = randomUUID()
  for (const id of ['a', 'b', 'c']) await results().items.create(make(tenant, id))
  const query = {
    query: 'SELECT TOP 2 * FROM c WHERE c.partnerTenantId = @tenant ORDER BY c.createdDateTime DESC, c.id DESC',
    parameters: [{ name: '@tenant', value: tenant }],
  }
  const { resources } = await results().items.query(query).fetchAll()
  expect(resources.map(({ id }) => id)).toEqual(['c', 'b'])
})

test('two databases share nothing, and one that is closed refuses connections', async () => {
  const other = await startDatabase()
  const { id } = make(ONE)
  await operations().items.create(make(ONE, id))
  expect(
    (await openDatabase(other, DATABASE).container('managedTenantOperations').item(id, ONE).read()).statusCode,
  ).toBe(404)
  await other.close()
  await expect(fetch(other.endpoint)).rejects.toThrow()
})
