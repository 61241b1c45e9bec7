import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, type Reply, startLedger, TENANT } from '../harness'
import { operation } from './samples'

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
  for (let count = 0; count < 5; count++) await ledger.call({ path: operation.path, body: operation.body })
})
afterAll(() => ledger.close())

const codes = ({ status, json }: Reply) => {
  // The envelope of a failure; of a success there is none.
  const { innerError, target } = (json.error ?? {}) as { innerError?: { code: string }; target?: string }
  return [status, innerError?.code, target]
}

const rows = ({ json }: Reply) => (Array.isArray(json.value) ? (json.value as Record<string, unknown>[]) : [])

describe('query options', () => {
  const refused: [string, string, string][] = [
    ['$top=0', '$top', ''],
    ['$top=1000', '$top', ''],
    ['$top=-1', '$top', ''],
    ['$top=1.5', '$top', ''],
    ['$top=', '$top', ''],
    ['$top=1e2', '$top', ''],
    ['$count=1', '$count', ''],
    ['$count=', '$count', ''],
    ['$orderby=status', '$orderby', 'createdDateTime, lastModifiedDateTime, name'],
    ['$orderby=name,createdDateTime', '$orderby', 'createdDateTime'],
    ['$orderby=name up', '$orderby', 'asc or desc'],
    ['$orderby=Name', '$orderby', ''],
    ['$orderby=', '$orderby', ''],
    ['$select=', '$select', ''],
    ['$select=_etag', '$select', ''],
    ['$select=target/allTenants', '$select', ''],
    ['$select=name,@odata.etag', '$select', ''],
    ['$filter=', '$filter', 'partnerUserId, name, requestId'],
    ["$filter=description eq 'x'", '$filter', 'status'],
    ["$filter=Name eq 'x'", '$filter', ''],
    ['$filter=name eq x', '$filter', 'a string in single quotes'],
    ["$filter=name eq 'x", '$filter', 'quote'],
    ["$filter=name eq 'x' name eq 'y'", '$filter', 'character 13'],
    ["$filter=(name eq 'x'", '$filter', "')'"],
    ['$filter=name gt null', '$filter', 'null'],
    ['$filter=name in ()', '$filter', ''],
    ["$filter=contains(requestId,'x')", '$filter', 'string'],
    ['$filter=length(name) eq 1', '$filter', ''],
    ["$filter=createdDateTime gt '2026-11-23T10:55:47Z'", '$filter', 'without quotes'],
    ['$filter=createdDateTime gt 2026-11-23T10:55:47+01:00', '$filter', '%2B'],
    ['$filter=createdDateTime gt 2026-02-30T00:00:00Z', '$filter', ''],
    ['$filter=requestId eq 1', '$filter', 'a GUID'],
    ['$skip=1', '$skip', '$filter'],
    ['skip=1', '$skip', ''],
    ['$expand=target', '$expand', ''],
    ['$search=x', '$search', ''],
    ['$apply=x', '$apply', ''],
    ['$compute=x', '$compute', ''],
    ['$format=json', '$format', ''],
    ['$top=1&$top=1', '$top', 'twice'],
    ['$top=1&TOP=2', '$top', 'twice'],
  ]
  it.each(refused)('%s is refused', async (query, target, hint) => {
    const path = `${operation.path}?${query}`
    const reply = await ledger.call({ path })
    expect(codes(reply)).toEqual([400, 'invalidQueryOption', target])
    expect(JSON.stringify(reply.json)).toContain(hint)
  })

  it.each([
    ['an unknown name without a dollar', '?filters=x&foo=1&foo=2', 5],
    ['an empty query', '?', 5],
    ['$select=*', '?$select=*', 5],
    ['$COUNT=TRUE', '?$COUNT=TRUE', 5],
    ['keywords in capitals', "?$filter=NAME EQ 'x'".replace('NAME', 'name'), 0],
  ])('%s is taken', async (_, query, count) => {
    const reply = await ledger.call({ path: operation.path + query })
    expect([reply.status, rows(reply).length]).toEqual([200, count])
  })

  it('are judged behind the token, before the path, and not at all by other verbs', async () => {
    const query = '?$filter=x'
    expect((await ledger.call({ path: operation.path + query, token: null })).status).toBe(401)
    expect((await ledger.call({ path: operation.path + query, token: { permissions: [] } })).status).toBe(403)
    const wrong = '/beta/tenantRelationships/delegatedAdminRelationships/x/requests'
    expect(codes(await ledger.call({ path: wrong + query }))).toEqual([400, 'invalidQueryOption', '$filter'])
    expect(codes(await ledger.call({ path: wrong }))).toEqual([400, 'invalidPath', 'delegatedAdminRelationshipId'])
    expect(codes(await ledger.call({ path: `${operation.path}/$count?$top=1` }))).toEqual([
      400,
      'invalidQueryOption',
      '$top',
    ])
    expect(codes(await ledger.call({ path: `${operation.path}/${TENANT}?$top=1` }))).toEqual([
      400,
      'invalidQueryOption',
      '$top',
    ])
    expect(codes(await ledger.call({ path: `${operation.path}?$top=1`, body: {} }))).toEqual([
      400,
      'invalidQueryOption',
      '$top',
    ])
  })
})
