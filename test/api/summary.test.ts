import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attempts } from '../../shared/cosmos/attempts'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Ledger, NOW, OTHER_TENANT, startLedger } from '../harness'
import { operation, result } from './samples'
import { summaryOf } from './summaryOracle'

let ledger: Ledger
let proxy: FaultProxy
beforeAll(async () => {
  ledger = await startLedger()
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
})
afterAll(async () => {
  await proxy.close()
  await ledger.close()
})

const tenantOf = (number: number): string => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`

const operate = async (target: object): Promise<string> => {
  const { json } = await ledger.call({ path: operation.path, body: { ...operation.body, target } })
  return String(json.id)
}

const report = async (managedTenantOperationId: string, more: object, minute = 0): Promise<void> => {
  const at = new Date(NOW.getTime() + minute * 60_000)
  const body = { ...result.body, managedTenantOperationId, ...more }
  const services = ledger.with({}, () => at)
  const token = { now: at }
  expect((await ledger.call({ path: result.path, body, services, token })).status).toBe(201)
}

const summarize = (id: string, more = {}) =>
  ledger.call({ path: `/beta/managedTenantOperations/${id}/summary()`, ...more })

describe('a summary', () => {
  it('says what came of an operation, tenant by tenant', async () => {
    const id = await operate({ tenantIds: [1, 2, 3, 2, 4].map(tenantOf) })
    await report(id, { targetTenantId: tenantOf(1), isSuccess: false, exception: 'first' }, 0)
    await report(id, { targetTenantId: tenantOf(1), isSuccess: true }, 2)
    await report(id, { targetTenantId: tenantOf(2), isSuccess: true }, 1)
    await report(id, { targetTenantId: tenantOf(2), isSuccess: false, exception: 'last' }, 3)
    await report(id, { targetTenantId: tenantOf(9), isSuccess: false }, 4)
    const { status, json, headers } = await summarize(id)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('odata.metadata=minimal')
    expect(json).toEqual({
      '@odata.context': 'http://ledger.test/beta/$metadata#microsoft.graph.managedTenantOperationSummary',
      targetCount: 4,
      tenantCount: 3,
      succeededCount: 1,
      failedCount: 2,
      missingCount: 2,
      firstResultDateTime: '2026-11-23T10:55:47.1230000Z',
      lastResultDateTime: '2026-11-23T10:59:47.1230000Z',
      isComplete: false,
      isPartial: false,
      failures: [
        { tenantId: tenantOf(9), exception: null },
        { tenantId: tenantOf(2), exception: 'last' },
      ],
      missingTenantIds: [3, 4].map(tenantOf),
    })
    expect(json).toEqual({ '@odata.context': json['@odata.context'], ...(await summaryOf(ledger, id)) })
  })

  it.each([
    [{ allTenants: true }],
    [{ allTenants: true, tenantIds: [tenantOf(1)] }],
    [{}],
    [{ tenantIds: [] }],
    [{ allTenants: false }],
  ])('of an operation on %j knows of no targets', async (target) => {
    const id = await operate(target)
    await report(id, { targetTenantId: tenantOf(1) })
    const none = { targetCount: null, missingCount: null, isComplete: null, isPartial: false, missingTenantIds: [] }
    expect((await summarize(id)).json).toMatchObject({ ...none, tenantCount: 1, succeededCount: 1 })
  })

  it('of an operation without results, and of one with repeated ones alone', async () => {
    const id = await operate({ tenantIds: [tenantOf(1)] })
    const before = (await summarize(id)).json
    expect(before).toMatchObject({ targetCount: 1, tenantCount: 0, missingCount: 1, isComplete: false, failures: [] })
    expect(before).toMatchObject({ firstResultDateTime: null, missingTenantIds: [tenantOf(1)] })
    expect(before.lastResultDateTime).toBeNull()
    for (const minute of [1, 2, 3]) await report(id, { targetTenantId: tenantOf(1), isSuccess: minute > 2 }, minute)
    const after = { tenantCount: 1, succeededCount: 1, failedCount: 0, isComplete: true }
    expect((await summarize(id)).json).toMatchObject(after)
  })

  it('is found without parentheses, by its qualified name, with a key in parentheses, below the old path, and by HEAD', async () => {
    const id = await operate({ tenantIds: [tenantOf(1)] })
    const { text } = await summarize(id)
    const below = '/v1.0/tenantRelationships/managedTenants/managedTenantOperations'
    for (const path of [
      `/beta/managedTenantOperations/${id}/summary`,
      `/beta/managedTenantOperations('${id}')/Summary()/`,
      `/beta/managedTenantOperations/${id}/microsoft.graph.summary()`,
      `/beta/managedTenantOperations/${id}/Microsoft.Graph.Summary`,
    ])
      expect((await ledger.call({ path })).text).toBe(text)
    expect((await ledger.call({ path: `${below}/${id}/summary()` })).text).toBe(text.replace('/beta/', '/v1.0/'))
    const head = await summarize(id, { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    const bare = await ledger.call({
      path: `/beta/managedTenantOperations/${id}/summary()?$format=application/json;odata.metadata=none`,
    })
    expect(Object.keys(bare.json)[0]).toBe('targetCount')
  })

  it('is refused where it makes no sense', async () => {
    const id = await operate({})
    const statusOf = async (path: string, more = {}) => (await ledger.call({ path, ...more })).status
    const base = '/beta/managedTenantOperations'
    expect(await statusOf(`${base}/${id}/summary()`, { token: { tenant: OTHER_TENANT } })).toBe(404)
    expect(await statusOf(`${base}/${id}/summary()`, { token: { permissions: ['x'] } })).toBe(403)
    const unknown = [
      'x/summary()',
      ...['summary(x=1)', 'results()', 'microsoft.graph.results', 'microsoft.graph.'].map((name) => `${id}/${name}`),
    ]
    for (const path of unknown) expect(await statusOf(`${base}/${path}`)).toBe(404)
    expect(await statusOf(`${base}/${id}/summary()?$select=failures`)).toBe(400)
    expect(await statusOf(`${base}/${id}/summary()`, { method: 'POST', body: {} })).toBe(405)
  })

  it.each([
    ['a long one', 'x'.repeat(2000), 'x'.repeat(1024)],
    ['one of pairs', '😀'.repeat(1000), '😀'.repeat(512)],
    ['a pair across the bound', `x${'😀'.repeat(1000)}`, `x${'😀'.repeat(511)}`],
    ['one that just fits', 'x'.repeat(1024), 'x'.repeat(1024)],
  ])('of exceptions answers 1,024 characters, never half of one: %s', async (_, exception, expected) => {
    const id = await operate({})
    await report(id, { targetTenantId: tenantOf(1), isSuccess: false, exception })
    expect((await summarize(id)).json.failures).toEqual([{ tenantId: tenantOf(1), exception: expected }])
  })
})

describe('what it costs, and whose it is', () => {
  it('reads the operation, and of results the few properties that matter', async () => {
    const id = await operate({})
    await report(id, { targetTenantId: tenantOf(1) })
    const services = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint })
    const sent = await proxy.watch(() => summarize(id, { services }))
    expect(sent.map(({ kind }) => kind)).toEqual(['read', 'plan', 'query'])
    expect(sent.at(-1)?.query).toBe(
      'SELECT TOP 5000 c.partnerTenantId, c.managedTenantOperationId, c.id, c.targetTenantId, c.createdDateTime, ' +
        'c.isSuccess, LEFT(c.exception, 1025) AS exception FROM c WHERE c.partnerTenantId = @p0 ' +
        'AND c.managedTenantOperationId = @p1 ORDER BY c.createdDateTime DESC, c.id DESC',
    )
  })

  it.each([{ partnerTenantId: OTHER_TENANT }, { managedTenantOperationId: 'another' }, { isSuccess: 'yes' }])(
    'is a failure where the store answers %j',
    async (changes) => {
      const id = await operate({})
      await report(id, { targetTenantId: tenantOf(1) })
      const { attempts } = ledger.services
      const query: Attempts['query'] = async (...args) => {
        const outcome = await attempts.query(...args)
        if (outcome.kind !== 'ok') return outcome
        const rows = outcome.value.rows.map((row) => Object.assign({}, row, changes))
        return { ...outcome, value: { ...outcome.value, rows } }
      }
      const services = { ...ledger.services, attempts: { ...attempts, query } }
      const reply = await summarize(id, { services })
      expect([reply.status, reply.json.tenantCount]).toEqual([500, undefined])
    },
  )
})

it('equals what plain JavaScript makes of random results', async () => {
  const tenant = fc.nat(6).map(tenantOf)
  const scenario = fc.record({
    target: fc.record(
      { allTenants: fc.constantFrom(true, false, null), tenantIds: fc.array(tenant, { maxLength: 8 }) },
      { requiredKeys: [] },
    ),
    results: fc.array(
      fc.record({
        targetTenantId: tenant,
        isSuccess: fc.boolean(),
        exception: fc.option(fc.string({ unit: 'binary', maxLength: 9 }).map((text) => text.toWellFormed())),
        minute: fc.nat(4),
      }),
      { maxLength: 20 },
    ),
  })
  const property = fc.asyncProperty(scenario, async ({ target, results }) => {
    const id = await operate(target)
    for (const { minute, ...more } of results) await report(id, more, minute)
    const { '@odata.context': _, ...summary } = (await summarize(id)).json
    expect(summary).toEqual(await summaryOf(ledger, id))
  })
  await fc.assert(property, { numRuns: 25, seed: 13 })
})
