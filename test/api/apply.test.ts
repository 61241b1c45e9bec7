import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultProxy, startProxy } from '../fakes/proxy'
import { type Ledger, startLedger } from '../harness'
import { operation, relationshipRequest, result, samples } from './samples'

let ledger: Ledger
let proxy: FaultProxy
let id: string
beforeAll(async () => {
  ledger = await startLedger()
  proxy = await startProxy(ledger.settings.COSMOS_ENDPOINT ?? '')
  id = String((await ledger.call({ path: operation.path, body: operation.body })).json.id)
  for (const managedTenantOperationId of [id, id, 'x'])
    await ledger.call({ path: result.path, body: { ...result.body, managedTenantOperationId } })
})
afterAll(async () => {
  await proxy.close()
  await ledger.close()
})

const count = (path: string, apply: string, more: object = {}) =>
  ledger.call({ path: `${path}?$apply=${encodeURIComponent(apply)}`, ...more })

const TOTAL = 'aggregate($count as total)'

describe('$apply', () => {
  it('counts all there is, and groups', async () => {
    expect((await count(result.path, TOTAL)).json).toEqual({
      '@odata.context': 'http://ledger.test/beta/$metadata#managedTenantOperationResults(total)',
      value: [{ total: 3 }],
    })
    const groups = 'groupby((managedTenantOperationId,isSuccess),aggregate($count as total))'
    const { status, json, headers } = await count(result.path, groups)
    expect([status, headers.get('odata-version')]).toEqual([200, '4.0'])
    expect(json['@odata.context']).toBe(
      'http://ledger.test/beta/$metadata#managedTenantOperationResults(managedTenantOperationId,isSuccess,total)',
    )
    const expected = [
      { managedTenantOperationId: id, isSuccess: true, total: 2 },
      { managedTenantOperationId: 'x', isSuccess: true, total: 1 },
    ]
    expect(json.value).toEqual(expect.arrayContaining(expected))
    expect(json.value).toHaveLength(2)
  })

  it('counts nothing as nothing', async () => {
    expect((await count(result.path, `filter(isSuccess eq false)/${TOTAL}`)).json.value).toEqual([{ total: 0 }])
    const groups = `filter(isSuccess eq false)/groupby((isSuccess),${TOTAL})`
    expect((await count(result.path, groups)).json.value).toEqual([])
  })

  it('prints a path nested, a day under its name, and any identifier as it is', async () => {
    const nested = await count(result.path, `groupby((createdBy/user/id,createdBy/application/id),${TOTAL})`)
    const [group] = nested.json.value as Record<string, unknown>[]
    const createdBy = { user: { id: expect.any(String) }, application: { id: expect.any(String) } }
    expect(group).toEqual({ createdBy, total: 3 })
    expect(nested.json['@odata.context']).toMatch(/Results\(createdBy\(user\(id\),application\(id\)\),total\)$/)
    const compute = 'compute(date(CreatedDateTime) as Tag)/'
    const daily = await count(result.path, `${compute}groupby((Tag,IsSuccess),${TOTAL})`)
    expect(daily.json.value).toEqual([{ Tag: '2026-11-23', isSuccess: true, total: 3 }])
    for (const name of ['__proto__', 'constructor', '_x', 'größe', 'id', 'toString']) {
      const { text } = await count(result.path, `groupby((isSuccess),aggregate($count as ${name}))`)
      expect(text).toContain(`"value":[{"isSuccess":true,"${name}":3}]`)
      const day = await count(result.path, `compute(date(createdDateTime) as D_${name})/groupby((D_${name}),${TOTAL})`)
      expect(day.text).toContain(`"value":[{"D_${name}":"2026-11-23","total":3}]`)
    }
  })

  it('takes any case, blanks, aliases and a parenthesis in a string', async () => {
    const written = `FILTER(contains(managedTenantOperationId,')/') or not (isSuccess eq @p))/GroupBy( ( issuccess ) , AGGREGATE( $COUNT AS total ) )`
    const { json } = await count(result.path, written, {
      path: `${result.path}?$apply=${encodeURIComponent(written)}&@p=false`,
    })
    expect(json.value).toEqual([{ isSuccess: true, total: 3 }])
  })

  it('counts what an operation has, and leaves annotations out where they are not wanted', async () => {
    const path = `/beta/managedTenantOperations/${id}/results`
    expect((await count(path, `groupby((isSuccess),${TOTAL})`)).json.value).toEqual([{ isSuccess: true, total: 2 }])
    const bare = await count(path, TOTAL, { headers: { accept: 'application/json;odata.metadata=none' } })
    expect(bare.json).toEqual({ value: [{ total: 2 }] })
    expect((await count(path, TOTAL, { method: 'HEAD' })).text).toBe('')
    expect((await count(path.replace(id, result.container), TOTAL)).status).toBe(404)
  })

  it('masks members of an enumeration that the client does not know', async () => {
    const { path } = relationshipRequest
    const headers = { prefer: 'include-unknown-enum-members' }
    for (const action of ['reject', 'reject', 'approve']) await ledger.call({ path, body: { action }, headers })
    const stored = {
      action: 'unknownFutureValue',
      status: 'created',
      partnerTenantId: '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4',
    }
    const [, relationship] = /delegatedAdminRelationships\/([^/]+)/.exec(path) ?? []
    await ledger.database
      .container(relationshipRequest.container)
      .items.create({ ...stored, id, delegatedAdminRelationshipId: relationship })
    const groups = `groupby((action),${TOTAL})`
    expect((await count(path, groups)).json.value).toEqual([
      { action: 'approve', total: 1 },
      { action: 'unknownFutureValue', total: 3 },
    ])
    const all = await count(path, groups, { headers })
    expect(all.headers.get('preference-applied')).toBe('include-unknown-enum-members')
    expect(all.json.value).toEqual([
      { action: 'approve', total: 1 },
      { action: 'reject', total: 2 },
      { action: 'unknownFutureValue', total: 1 },
    ])
  })
})

describe('$apply that cannot be answered', () => {
  it.each([
    ['', /cannot be read\. Use aggregate/],
    ['aggregate($count as n)/groupby((isSuccess))', /cannot be read/],
    ['aggregate(isSuccess with sum as n)', /cannot be read/],
    ['groupby((isSuccess))', /cannot be read/],
    ['groupby((isSuccess),aggregate($count as n))/filter(n gt 1)', /cannot be read/],
    ['groupby((rollup(isSuccess)),aggregate($count as n))', /cannot be read/],
    ['filter(isSuccess)', /cannot be read/],
    ['filter(isSuccess eq true/aggregate($count as n)', /filter\(…\)/],
    ["filter(isSuccess eq 'x)/aggregate($count as n)", /quote that is not closed/],
    ['filter(nothing eq 1)/aggregate($count as n)', /needs a property/],
    ['filter()/aggregate($count as n)', /needs a property/],
    ['groupby((exception),aggregate($count as n))', /groupby in \$apply takes .*targetTenantId/],
    ['groupby((id),aggregate($count as n))', /groupby in/],
    ['groupby((createdDateTime),aggregate($count as n))', /groupby in/],
    ['groupby((),aggregate($count as n))', /groupby in/],
    ['groupby((isSuccess,IsSuccess),aggregate($count as n))', /two that differ/],
    ['groupby((isSuccess,requestId,targetTenantId),aggregate($count as n))', /two that differ/],
    ['groupby((isSuccess),aggregate($count as isSuccess))', /'isSuccess' cannot be the name/],
    ['groupby((isSuccess),aggregate($count as ISSUCCESS))', /cannot be the name/],
    ['groupby((createdBy/user/id),aggregate($count as createdBy))', /cannot be the name/],
    ['aggregate($count as 1n)', /'1n' cannot be the name/],
    ['aggregate($count as n.m)', /cannot be the name/],
    ["aggregate($count as n') FROM c--)", /cannot be read/],
    ["aggregate($count as x'--)", /cannot be the name/],
    ['compute(date(lastModifiedDateTime) as D)/groupby((D),aggregate($count as n))', /takes createdDateTime/],
    ['compute(date(createdDateTime) as isSuccess)/groupby((isSuccess),aggregate($count as n))', /name of a day/],
    ['compute(date(createdDateTime) as D)/groupby((d),aggregate($count as n))', /groupby in/],
    ['compute(date(createdDateTime) as D)/groupby((D),aggregate($count as D))', /cannot be the name/],
    ['compute(date(createdDateTime) as D)/aggregate($count as n)', /cannot be read/],
    [`aggregate(${' '.repeat(9000)}$count as n)`, /8000 characters/],
  ])('is refused with what would work: %s', async (apply, message) => {
    const { status, json } = await count(result.path, apply)
    const error = json.error as { message: string; target: string; innerError: { code: string } }
    expect([status, error.target, error.innerError.code]).toEqual([400, '$apply', 'invalidQueryOption'])
    expect(error.message).toMatch(message)
  })

  it('is refused with any other option, and on what is no collection', async () => {
    for (const option of ['$filter=isSuccess', '$top=1', '$orderby=id', '$select=id', '$count=true', '$format=json']) {
      const { status, text } = await ledger.call({ path: `${result.path}?$apply=${TOTAL}&${option}` })
      expect([status, text]).toEqual([400, expect.stringContaining('cannot be combined')])
    }
    for (const path of [`${result.path}/$count`, `${operation.path}/${id}`])
      expect((await count(path, TOTAL)).status).toBe(400)
    const app = samples.at(-1)?.path ?? ''
    const day = 'compute(date(createdDateTime) as D)/groupby((D),aggregate($count as n))'
    expect((await count(app, day)).status).toBe(400)
  })
})

it('costs one query, whatever is grouped by; what the client calls things is no part of it', async () => {
  const services = ledger.with({ COSMOS_ENDPOINT: proxy.endpoint })
  const apply = "filter(managedTenantOperationId eq 'x')/compute(date(createdDateTime) as NameOfDay)/"
  const groups = 'groupby((NameOfDay,targetTenantId),aggregate($count as NameOfCount))'
  const sent = await proxy.watch(() => count(result.path, apply + groups, { services }))
  expect(sent.map(({ kind }) => kind)).toEqual(['plan', 'query'])
  expect(sent.at(-1)?.query).toBe(
    'SELECT COUNT(1) AS n, c.partnerTenantId AS partnerTenantId, LEFT(c.createdDateTime, 10) AS g0, ' +
      'c.targetTenantId AS g1 FROM c WHERE c.partnerTenantId = @p0 AND c.managedTenantOperationId = @p1 ' +
      'GROUP BY c.partnerTenantId, LEFT(c.createdDateTime, 10), c.targetTenantId',
  )
  const total = await proxy.watch(() => count(result.path, TOTAL, { services }))
  expect(total.map(({ query }) => query).at(-1)).toBe('SELECT VALUE COUNT(1) FROM c WHERE c.partnerTenantId = @p0')
})
