import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProxy } from '../fakes/proxy'
import { type Ledger, NOW, OTHER_TENANT, startLedger } from '../harness'
import { partsOf, send, statuses, verdicts, write } from './batches'
import { operation } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const url = '/managedTenantOperations'
const create = (id: string, more: object = {}) => write(id, 'POST', url, operation.body, more)
const fails = (id: string, more: object = {}) => ({ id, method: 'GET', url: `${url}/none`, ...more })
const FAILED = [424, 'failedDependency', 'dependencyFailed']

test('a request runs when all that it depends on have succeeded, else not, and so on', async () => {
  const reply = await send(ledger, [
    create('A'),
    fails('B'),
    create('C', { dependsOn: ['a'] }),
    create('D', { dependsOn: ['A', 'B'] }),
    create('E', { dependsOn: ['D'] }),
    create('F'),
    create('G', { dependsOn: [] }),
  ])
  expect(verdicts(reply)).toEqual([[201], [404, 'notFound', 'unknownResource'], [201], FAILED, FAILED, [201], [201]])
})

test('what has not changed is no success to depend on', async () => {
  const [created] = partsOf(await send(ledger, [create('1')]))
  const known = {
    id: '1',
    method: 'GET',
    url: created?.headers.Location,
    headers: { 'if-none-match': created?.headers.ETag },
  }
  expect(statuses(await send(ledger, [known, create('2', { dependsOn: ['1'] })]))).toEqual([304, 424])
})

test('an entity that was created can be changed and deleted in the same batch', async () => {
  const headers = {
    'Content-Type': 'application/json',
    'Repeatability-Request-ID': OTHER_TENANT,
    'Repeatability-First-Sent': NOW.toUTCString(),
  }
  const [first] = partsOf(await send(ledger, [create('1', { headers })]))
  const item = first?.headers.Location ?? ''
  const reply = await send(ledger, [
    write('1', 'PATCH', item, { name: 'changed' }),
    { id: '2', method: 'GET', url: item, dependsOn: ['1'] },
    { id: '3', method: 'DELETE', url: item, dependsOn: ['2'] },
    { id: '4', method: 'GET', url: item, dependsOn: ['3'] },
  ])
  expect(statuses(reply)).toEqual([200, 200, 204, 404])
  expect(partsOf(reply)[1]?.body).toMatchObject({ name: 'changed' })
})

test('with continue-on-error=false requests run one after another, and none after a failure', async () => {
  const reply = await send(ledger, [create('1'), fails('2'), create('3'), create('4')], {
    headers: { prefer: 'continue-on-error=false' },
  })
  expect(verdicts(reply)).toEqual([[201], [404, 'notFound', 'unknownResource'], FAILED, FAILED])
  expect(reply.headers.get('preference-applied')).toBe('continue-on-error=false')
  const lines = reply.logged.map((line) => (JSON.parse(line) as { status: number }).status)
  expect(lines).toEqual([201, 404, 424, 424, 200])
})

test.each(['continue-on-error', 'odata.continue-on-error=true', 'x', 'continue-on-error=maybe'])(
  'with %s a failure stops nothing',
  async (prefer) => {
    expect(statuses(await send(ledger, [fails('1'), create('2')], { headers: { prefer } }))).toEqual([404, 201])
  },
)

test('each request has a slot of its own, and a batch no more than half of them', async () => {
  const services = ledger.with({ MAX_IN_FLIGHT: '10' }, () => NOW)
  const reply = await send(
    ledger,
    Array.from({ length: 8 }, (_, index) => create(`${index}`)),
    { services },
  )
  const refused = [429, 'tooManyRequests', 'tooManyInFlight']
  expect(verdicts(reply)).toEqual([[201], [201], [201], [201], [201], refused, refused, refused])
  expect(partsOf(reply).at(-1)?.headers['Retry-After']).toBe('2')
  expect(services.concurrency.partners).toBe(0)
  await services.concurrency.drained()
})

test('one after another they need the slot of the batch alone', async () => {
  const services = ledger.with({ MAX_IN_FLIGHT: '2' }, () => NOW)
  const chain = Array.from({ length: 20 }, (_, index) =>
    create(`${index}`, index === 0 ? {} : { dependsOn: [`${index - 1}`] }),
  )
  expect(new Set(statuses(await send(ledger, chain, { services })))).toEqual(new Set([201]))
})

test('two batches of one partner share its half, and leave the other half to others', async () => {
  const proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  const services = ledger.with({ MAX_IN_FLIGHT: '8', COSMOS_ENDPOINT: proxy.endpoint }, () => NOW)
  await services.attempts.warm([operation.container])
  const held = new Promise<void>((resolve) => {
    proxy.meanwhile = () => new Promise((go) => setTimeout(() => go(resolve()), 300))
  })
  const batches = [1, 2].map(() =>
    send(
      ledger,
      ['1', '2', '3'].map((id) => create(id)),
      { services },
    ),
  )
  const other = await ledger.call({ path: operation.path, services, token: { tenant: OTHER_TENANT } })
  expect(other.status).toBe(200)
  const all = (await Promise.all(batches)).flatMap(statuses)
  expect([all.filter((status) => status === 201).length, all.filter((status) => status === 429).length]).toEqual([4, 2])
  await held
  await proxy.close()
})

test('an answer that is too large keeps every write, and says which read to send alone', async () => {
  const text = 'x'.repeat(1_850_000)
  const make = async () =>
    (await ledger.call({ path: operation.path, body: { ...operation.body, description: text } })).json.id
  const id = String(await make())
  const read = (index: number) => ({ id: `read${index}`, method: 'GET', url: `${url}/${id}` })
  const dependent = { dependsOn: ['read0', 'read1', 'read2', 'read3'] }
  const change = write('write', 'PATCH', `${url}/${id}`, { name: 'changed' }, dependent)
  const reply = await send(ledger, [
    read(0),
    read(1),
    read(2),
    read(3),
    change,
    { ...read(4), ...dependent },
    fails('fails', dependent),
  ])
  expect(verdicts(reply)).toEqual([
    ...[[200], [200], [200], [200], [204]],
    [413, 'contentTooLarge', 'responseTooLarge'],
    [404, 'notFound', 'unknownResource'],
  ])
  expect(partsOf(reply)[4]?.headers).toMatchObject({ 'Preference-Applied': 'return=minimal', ETag: expect.any(String) })
  expect(reply.text.length).toBeLessThan(8_000_000)
})

test('a store that refuses one request fails that one alone', async () => {
  const proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  const services = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint }, () => NOW)
  proxy.inject({ act: 'refuse', status: 401, body: '{}' }, ['create'])
  const reply = await send(ledger, [create('1'), { id: '2', method: 'GET', url }], { services })
  expect(verdicts(reply)).toEqual([[500, 'internalServerError', 'unexpected'], [200]])
  await proxy.close()
})
