import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { operation } from '../api/samples'
import { passTime, stopTime } from '../fakes/clock'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Ledger, startLedger } from '../harness'
import { afterMany } from './afterMany'
import { bodyFor } from './bodyFor'
import { documentsOf, seed, through } from './cell'
import { repeatable, type Target } from './verbs'

let ledger: Ledger
let proxy: FaultProxy
let services: Ledger['services']
let target: Target

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

beforeEach(async () => {
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  services = await through(ledger, proxy, {}, operation)
  target = await seed(ledger, operation, randomUUID())
})
afterEach(async () => {
  vi.useRealTimers()
  await proxy.close()
})

const DROP = { act: 'dropAnswer' } as const
const LOSE = { act: 'dropRequest' } as const

const item = () => `${operation.path}/${target.id}`
const token = () => ({ tenant: target.tenant })
const stored = () => documentsOf(ledger, operation, target.tenant)

// Before or behind the first request of a kind that reaches the store, and before its sender asks again.
const once = (kind: string, run: () => Promise<unknown>, at: 'before' | 'after' = 'after') => {
  let isDone = false
  proxy.meanwhile = (asked, when) => {
    if (isDone || asked !== kind || when !== at) return undefined
    isDone = true
    return run()
  }
}

const patch = (body: object, headers = {}, by = services) =>
  ledger.call({ method: 'PATCH', path: item(), body, headers, token: token(), services: by })

const remove = (headers = {}, by = services) =>
  ledger.call({ method: 'DELETE', path: item(), headers, token: token(), services: by })

describe('a PATCH whose answer was lost', () => {
  test('is found by the id of its write, and not made again', async () => {
    proxy.inject(DROP, ['replace'], 1)
    const { status, json } = await patch({ description: 'a' }, { 'if-match': target.etag })
    expect(status).toBe(200)
    expect(json.description).toBe('a')
    expect(proxy.asked.filter((kind) => kind === 'replace')).toHaveLength(2)
    const [document] = await stored()
    expect(Buffer.from(String(json['@odata.etag']).slice(3, -1), 'base64').toString()).toBe(`'${document?._etag}'`)
  })

  test('and was hidden by a later write is 503 with If-Match', async () => {
    proxy.inject(DROP, ['replace'], 1)
    once('replace', () => patch({ status: 'later' }, {}, ledger.services))
    const { status, headers, json } = await patch({ description: 'a' }, { 'if-match': target.etag })
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('2')
    expect(json).toMatchObject({ error: { innerError: { code: 'storeUnavailable' } } })
    expect(await stored()).toMatchObject([{ description: 'a', status: 'later' }])
  })

  test('and was hidden by a later write is merged again without', async () => {
    proxy.inject(DROP, ['replace'], 1)
    once('replace', () => patch({ status: 'later', description: 'theirs' }, {}, ledger.services))
    const { status, json } = await patch({ description: 'a' })
    expect(status).toBe(200)
    expect(json).toMatchObject({ description: 'a', status: 'later' })
    expect(await stored()).toMatchObject([{ description: 'a', status: 'later' }])
  })

  test('of an entity that was deleted meanwhile is 404', async () => {
    proxy.inject(DROP, ['replace'], 1)
    once('replace', () => remove({}, ledger.services))
    expect((await patch({ description: 'a' })).status).toBe(404)
    expect(await stored()).toEqual([])
  })

  test('has an unknown outcome where the entity cannot be read either, answered at the deadline', async () => {
    proxy.inject(DROP, ['replace'], 1)
    once('replace', async () => proxy.inject({ act: 'hang' }, ['read']))
    // One read before the change, one after it.
    const { status } = await afterMany(proxy, 'read', 2, () => patch({ description: 'a' }))
    expect(status).toBe(503)
    expect(await stored()).toMatchObject([{ description: 'a' }])
  })
})

describe('a PATCH that never arrived', () => {
  test('and was overtaken is 503 with If-Match: it cannot be distinguished from one that was hidden', async () => {
    proxy.inject(LOSE, ['replace'], 1)
    once('replace', () => patch({ status: 'first' }, {}, ledger.services), 'before')
    expect((await patch({ description: 'a' }, { 'if-match': target.etag })).status).toBe(503)
    expect(await stored()).toMatchObject([{ description: null, status: 'first' }])
  })

  test('and was overtaken is merged into the newer version without', async () => {
    proxy.inject(LOSE, ['replace'], 1)
    once('replace', () => patch({ status: 'first' }, {}, ledger.services), 'before')
    expect((await patch({ description: 'a' })).status).toBe(200)
    expect(await stored()).toMatchObject([{ description: 'a', status: 'first' }])
  })
})

describe('a DELETE whose answer was lost', () => {
  test.each([['without', false] as const, ['with', true] as const])('has succeeded, %s If-Match', async (_, named) => {
    proxy.inject(DROP, ['delete'], 1)
    expect((await remove(named ? { 'if-match': target.etag } : {})).status).toBe(204)
    expect(await stored()).toEqual([])
  })

  test('and whose entity was changed meanwhile is 503 with If-Match', async () => {
    proxy.inject({ act: 'replaceAnswer', body: '<html>' }, ['delete'], 1)
    once('delete', async () => {
      const document = { ...bodyFor(operation, target.tenant), id: target.id }
      await ledger.database.container(operation.container).items.create(document)
    })
    const { status, headers } = await remove({ 'if-match': target.etag })
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('2')
    expect(await stored()).toHaveLength(1)
  })
})

describe('a create whose answer was lost', () => {
  const create = (headers = {}) =>
    ledger.call({ path: operation.path, body: bodyFor(operation, target.tenant), headers, token: token(), services })

  test('is settled although the first read fails', async () => {
    proxy.inject(DROP, ['create'], 1)
    proxy.inject(LOSE, ['read'], 1)
    const { status, json } = await create()
    expect(status).toBe(201)
    expect((await stored()).map(({ id }) => id)).toEqual([target.id, json.id])
  })

  test('leaves one document and a 503 where it cannot be settled', async () => {
    proxy.inject(DROP, ['create'], 1)
    proxy.inject({ act: 'hang' }, ['read'])
    expect((await afterMany(proxy, 'read', 1, create)).status).toBe(503)
    expect(await stored()).toHaveLength(2)
  })

  test('and that was deleted meanwhile is made again', async () => {
    proxy.inject(DROP, ['create'], 1)
    once('create', async () => {
      const [, mine] = await stored()
      await ledger.database.container(operation.container).item(String(mine?.id), target.tenant).delete()
    })
    expect((await create()).status).toBe(201)
    expect(await stored()).toHaveLength(2)
  })

  test('is one entity for twenty who ask at once, at two instances, with one id', async () => {
    const other = await through(ledger, proxy, {}, operation)
    const headers = repeatable(randomUUID())
    proxy.inject(DROP, ['create'], 4)
    proxy.inject({ act: 'cutAnswer' }, ['create', 'read'], 4)
    const body = bodyFor(operation, target.tenant)
    const calls = Array.from({ length: 20 }, (_, index) =>
      ledger.call({ path: operation.path, body, headers, token: token(), services: index % 2 ? services : other }),
    )
    const answers = await Promise.all(calls)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1)
    expect(new Set(answers.map((answer) => answer.headers.get('repeatability-result')))).toEqual(new Set(['accepted']))
    expect(await stored()).toHaveLength(2)
  })

  test('is 409 where others keep creating and deleting the same id', async () => {
    proxy.inject({ act: 'refuse', status: 409, body: '{"code":"Conflict","message":"exists"}' }, ['create'])
    // Until so little of the deadline is left that no attempt fits in.
    stopTime()
    once('read', async () => passTime(57_000))
    const { status, json } = await create()
    expect(status).toBe(409)
    expect(json).toMatchObject({ error: { code: 'conflict', innerError: { code: 'concurrentChange' } } })
  })
})

test('many concurrent PATCH requests all keep their property', async () => {
  proxy.inject(DROP, ['replace'], 3)
  const names = Array.from({ length: 8 }, (_, index) => `custom${index}`)
  const answers = await Promise.all(names.map((name) => patch({ [name]: true })))
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200))
  expect(await stored()).toMatchObject([Object.fromEntries(names.map((name) => [name, true]))])
})
