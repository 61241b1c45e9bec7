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
    ['$orderby=', '$orderby', ''],
    ['$select=', '$select', ''],
    ['$select=_etag', '$select', ''],
    ['$select=target/allTenants', '$select', ''],
    ['$select=name,@odata.etag', '$select', ''],
    ['$filter=', '$filter', 'partnerUserId, name, requestId'],
    ["$filter=description eq 'x'", '$filter', 'status'],
    ['$filter=name eq x', '$filter', 'a string in single quotes'],
    ["$filter=name eq 'x", '$filter', 'quote'],
    ["$filter=name eq 'x' name eq 'y'", '$filter', 'character 13'],
    ["$filter=(name eq 'x'", '$filter', "')'"],
    ['$filter=name gt null', '$filter', 'null'],
    ['$filter=name in ()', '$filter', ''],
    ["$filter=contains(requestId,'x')", '$filter', 'string'],
    ['$filter=length(name) eq 1', '$filter', "'length' is not a function"],
    ["$filter=createdDateTime gt '2026-11-23T10:55:47Z'", '$filter', 'without quotes'],
    ['$filter=createdDateTime gt 2026-11-23T10:55:47+01:00', '$filter', '%2B'],
    ['$filter=createdDateTime gt 2026-02-30T00:00:00Z', '$filter', ''],
    ['$filter=requestId eq 1', '$filter', 'a GUID'],
    ["$filter=Concat(name,'x') eq 'x'", '$filter', "'Concat' is not a function"],
    ["$filter=contains(trim(name),'x')", '$filter', "'trim' is not a function"],
    ['$filter=contains(name,null)', '$filter', 'not null'],
    ['$filter=contains(name,@p)', '$filter', 'not null'],
    ['$filter=name', '$filter', 'operator'],
    ['$filter=not status', '$filter', 'operator'],
    ['$filter=target/allTenants eq', '$filter', 'true or false'],
    ['$filter=target/allTenants target/allTenants', '$filter', 'operator'],
    ['$filter=target', '$filter', 'target/allTenants'],
    ['$filter=createdBy/user/displayName eq null', '$filter', 'createdBy/user/id'],
    ['$filter=lastModifiedBy/user/id eq null', '$filter', 'createdBy/user/id'],
    ["$filter=tolower(name) gt 'x'", '$filter', 'eq, ne and in'],
    ["$filter=tolower(requestId) eq 'x'", '$filter', 'string'],
    ["$filter=tolower(toupper(name)) eq 'x'", '$filter', ''],
    ["$filter=tolower('X') eq name", '$filter', ''],
    ["$filter=tolower name eq 'x'", '$filter', ''],
    ['$filter=createdDateTime ge 2026-02-30', '$filter', ''],
    ['$filter=createdDateTime ge 2026-2-3', '$filter', ''],
    [`$filter=target/tenantIds eq ${TENANT}`, '$filter', 'target/tenantIds/any(t:t eq …)'],
    [`$filter=target/tenantIds/any(t:t ne ${TENANT})`, '$filter', 'target/tenantIds/any(t:t eq …)'],
    [`$filter=target/tenantIds/any(t:u eq ${TENANT})`, '$filter', 'target/tenantIds/any(t:t eq …)'],
    [`$filter=target/tenantIds/any(t:t eq ${TENANT} or u eq ${TENANT})`, '$filter', 'target/tenantIds/any(t:t eq …)'],
    [`$filter=target/tenantIds/any(t:t eq ${TENANT} and t eq ${TENANT})`, '$filter', "')'"],
    ['$filter=target/tenantIds/any()', '$filter', 'target/tenantIds/any(t:t eq …)'],
    [`$filter=target/tenantIds/any(${'a '.repeat(3000)})`, '$filter', 'target/tenantIds/any(t:t eq …)'],
    ["$filter=target/tenantIds/any(t:t eq 'x')", '$filter', 'a GUID'],
    [`$filter=target/tenantIds/all(t:t eq ${TENANT})`, '$filter', "'target/tenantIds/all' is not a function"],
    ["$filter=name/any(t:t eq 'x')", '$filter', 'not a collection'],
    ["$filter=name eq @p&@p='x' or name eq 'y'", '$filter', "'@p' must be one literal"],
    ['$filter=name eq @p&@p=', '$filter', 'a string in single quotes'],
    ["$filter=name eq @p&@p=@q&@q='x'", '$filter', "'@p' must be one literal"],
    ['$filter=name eq @p&@p=x', '$filter', 'a string in single quotes'],
    ["$filter=name eq @p&@p='x", '$filter', 'quote'],
    ['$filter=name gt @p', '$filter', 'null'],
    ["$filter=@p eq name&@p='x'", '$filter', ''],
    ["@p='x'&@p='x'", '@p', 'twice'],
    ['$skip=1', '$skip', '$filter'],
    ['skip=1', '$skip', ''],
    ['$expand=target', '$expand', ''],
    ['$search=x', '$search', ''],
    ['$apply=x', '$apply', ''],
    ['$compute=x', '$compute', ''],
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
    ['words and names in capitals', "?$filter=NAME EQ 'x'&$orderby=NAME DESC", 0],
  ])('%s is taken', async (_, query, count) => {
    const reply = await ledger.call({ path: operation.path + query })
    expect([reply.status, rows(reply).length]).toEqual([200, count])
  })

  it('are checked after the token and before the path, and ignored by other verbs', async () => {
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

describe('$format', () => {
  const item = async () => String((await ledger.call({ path: operation.path, body: operation.body })).json.id)
  const level = (reply: Reply) => [
    reply.status,
    /odata\.metadata=(\w+)/.exec(reply.headers.get('content-type') ?? '')?.[1],
  ]

  it.each([
    ['json', 'minimal'],
    ['JSON', 'minimal'],
    ['application/json', 'minimal'],
    ['application/json;odata.metadata=none', 'none'],
    ['application/json;odata.metadata=full', 'minimal'],
  ])('%s stands for Accept, of a list and of an entity', async (format, metadata) => {
    for (const headers of [{}, { accept: 'text/html' }, { accept: 'application/json;odata.metadata=none' }]) {
      const list = await ledger.call({ path: `${operation.path}?$format=${format}`, headers })
      expect(level(list)).toEqual([200, metadata])
      expect(
        level(await ledger.call({ path: `${operation.path}/${await item()}?$format=${format}`, headers })),
      ).toEqual([200, metadata])
    }
  })

  it.each(['xml', 'atom', 'application/xml', '', 'application/json;odata.metadata=strange'])(
    '%j is refused',
    async (format) => {
      const reply = await ledger.call({ path: `${operation.path}?$format=${format}` })
      expect(codes(reply)).toEqual([406, 'unacceptableMediaType', '$format'])
    },
  )

  it('is not an option of a count or of a write', async () => {
    expect(codes(await ledger.call({ path: `${operation.path}/$count?$format=json` }))[2]).toBe('$format')
    expect(codes(await ledger.call({ path: `${operation.path}?$format=json`, body: operation.body }))[2]).toBe(
      '$format',
    )
  })
})

describe('OData-MaxVersion', () => {
  it.each([
    ['4.0', 200],
    ['4.01', 200],
    [' 5 ', 200],
    ['3.0', 400],
    ['1', 400],
    ['', 400],
    ['x', 400],
  ])('%j is answered %i', async (version, status) => {
    const reply = await ledger.call({ path: operation.path, headers: { 'odata-maxversion': version } })
    expect(codes(reply)).toEqual(
      status === 200 ? [200, undefined, undefined] : [400, 'invalidHeader', 'OData-MaxVersion'],
    )
  })
})
