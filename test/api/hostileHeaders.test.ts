import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, type Ledger, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { errorOf, verdict } from './replies'
import { operation } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const { path, body } = operation
const post = (call: Partial<Call>) => ledger.call({ method: 'POST', path, body, ...call })

describe('headers', () => {
  const ok = 201
  const rows: [Readonly<Record<string, string | undefined>>, number][] = [
    [{ 'content-type': 'application/json; charset=UTF-8' }, ok],
    [{ 'content-type': 'APPLICATION/JSON;charset="utf-8"' }, ok],
    [{ 'content-type': 'application/json;odata.metadata=minimal;IEEE754Compatible=true' }, ok],
    [{ 'content-type': 'application/json;' }, ok],
    [{ 'content-type': 'application/json;charset=utf-16' }, 415],
    [{ 'content-type': 'application/json;charset=iso-8859-1' }, 415],
    [{ 'content-type': 'application/json, text/plain' }, 415],
    [{ 'content-type': 'application/problem+json' }, 415],
    [{ 'content-type': 'application/jsonx' }, 415],
    [{ 'content-type': 'text/json' }, 415],
    [{ 'content-type': '' }, 415],
    [{ 'content-type': ';'.repeat(5000) }, 415],
    [{ 'content-encoding': 'identity' }, ok],
    [{ 'content-encoding': 'deflate' }, 415],
    [{ 'content-encoding': 'identity, gzip' }, 415],
    [{ 'content-length': '0' }, ok],
    [{ 'content-length': '5' }, ok],
    [{ 'content-length': 'x' }, ok],
    [{ 'content-length': '-1' }, ok],
    [{ 'content-length': '1900001' }, 413],
    [{ 'content-length': '9'.repeat(400) }, 413],
    [{ 'transfer-encoding': 'chunked' }, ok],
    [{ 'if-match': '"x"', 'if-none-match': '*' }, ok],
    [{ prefer: 'é'.repeat(1000) }, ok],
    [{ accept: 'é' }, 406],
    [{ accept: `${'a/b,'.repeat(2000)}*/*` }, ok],
    [{ 'client-request-id': 'ÿ\u00a0' }, ok],
    [{ 'repeatability-request-id': 'é', 'repeatability-first-sent': 'é' }, 400],
    [{ authorization: 'Bearer é' }, 401],
    [{ authorization: `Bearer ${'x.'.repeat(20_000)}` }, 401],
    [{ authorization: 'Bearer a.b.c' }, 401],
    [{ authorization: 'Bearer ' }, 401],
  ]
  const titled = rows.map(([headers, status]) => [JSON.stringify(headers).slice(0, 70), status, headers] as const)

  it.each(titled)('%s is %i', async (_, status, headers) => {
    const reply = await post({ headers })
    expect(reply.status).toBe(status)
    expect(errorOf(reply)?.target?.length ?? 0).toBeLessThan(100)
  })

  it('of the platform do not identify a caller', async () => {
    const claims = [{ typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: OTHER_TENANT }]
    const principal = Buffer.from(JSON.stringify({ auth_typ: 'aad', claims })).toString('base64')
    const forged = {
      'x-ms-client-principal': principal,
      'x-ms-client-principal-id': OTHER_TENANT,
      'x-ms-client-principal-name': 'admin',
      'x-ms-token-aad-access-token': ledger.token({ tenant: OTHER_TENANT }),
      'x-functions-key': 'master',
      'x-arr-ssl': 'true',
      'x-forwarded-for': '127.0.0.1',
      'x-original-url': '/beta/managedTenantOperationResults',
      'x-http-method-override': 'DELETE',
    }
    expect(verdict(await post({ headers: forged, token: null }))[2]).toBe('missingToken')
    const reply = await post({ headers: forged })
    expect([reply.status, reply.json.partnerTenantId, reply.log.tenant]).toEqual([201, TENANT, TENANT])
    const other = await post({ headers: forged, body: { ...body, partnerTenantId: OTHER_TENANT } })
    expect(verdict(other)[2]).toBe('tenantMismatch')
  })
})

describe('paths', () => {
  it.each([
    ['/beta/users/%2e%2e/managedAppRegistrations/T/operations', 404],
    ['/beta/users/../managedTenantOperations', 201],
    ['/beta/users//managedAppRegistrations/T/operations', 404],
    ['/beta//managedTenantOperations', 404],
    ['/beta/managedTenantOperations/', 201],
    ['/beta/managedTenantOperations;x=1', 404],
    ['/beta/managedTenantOperations%20', 404],
    ['/beta/managedTenantOperations%00', 404],
    ['/%62eta/managedTenantOperations', 201],
    ['/beta/managedTenantOperations?x=%00&code=secret&%E0%A4%A', 201],
    ['/beta/managedTenantOperations?$=1', 400],
    ['/beta/managedTenantOperations?$%C3%A9=1', 400],
    [`/beta/managedTenantOperations?$${'x'.repeat(5000)}=1`, 400],
  ])('%# is answered', async (given, status) => {
    const reply = await post({ path: given })
    expect([reply.status, reply.text.length < 2000]).toEqual([status, true])
  })
})
