import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, type Ledger, OTHER_TENANT, startLedger, TENANT } from '../harness'
import { details, verdict } from './replies'
import { httpRequest, operation } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const { path, body } = operation
const text = JSON.stringify(body)
/** The body of an operation, with these members of JSON in front. */
const having = (members: string) => text.replace('{', `{${members},`)
const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([...part]))))

const post = (call: Partial<Call>) => ledger.call({ method: 'POST', path, body, ...call })
const bad = (inner: string, ...target: string[]) => [400, 'badRequest', inner, ...target]

describe('a body of bytes', () => {
  const rows: [string, Uint8Array | string, (string | number)[]][] = [
    ['with a BOM', bytes([0xef, 0xbb, 0xbf], text), [201]],
    ['with two BOMs', bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], text), bad('invalidJson')],
    ['that is a BOM', bytes([0xef, 0xbb, 0xbf]), bad('invalidJson')],
    ['in UTF-16', Buffer.from(text, 'utf16le'), bad('invalidJson')],
    ['in UTF-16 with a BOM', bytes([0xff, 0xfe], text), bad('invalidJson')],
    ['with half a character', bytes('{"a":"', [0xe6, 0x97], '"}'), bad('invalidJson')],
    ['with an overlong character', bytes('{"a":"', [0xc0, 0xaf], '"}'), bad('invalidJson')],
    ['with a surrogate in UTF-8', bytes('{"a":"', [0xed, 0xa0, 0x80], '"}'), bad('invalidJson')],
    ['with a bare control character', bytes('{"a":"\u0000"}'), bad('invalidJson')],
    ['of zeros', new Uint8Array(1000), bad('invalidJson')],
    ['of white space', ' \t\r\n', bad('invalidJson')],
    ['in white space', ` \r\n${text}\t`, [201]],
    ['with a comment', `${text}//`, bad('invalidJson')],
    ['with a comma too many', text.replace('}', ',}'), bad('invalidJson')],
    ['with NaN', having('"x":NaN'), bad('invalidJson')],
    ['that is compressed', gzipSync(text), bad('invalidJson')],
    ['that is a form', 'name=x&target=y', bad('invalidJson')],
    ...['[]', `[${text}]`, '"text"', 'null', 'true', '0', '1e400', '""'].map(
      (json): [string, string, (string | number)[]] => [json.slice(0, 20), json, bad('invalidPayload')],
    ),
    ['of a million brackets', '['.repeat(1_000_000), bad('invalidJson')],
    ['of closed brackets', '['.repeat(900_000) + ']'.repeat(900_000), bad('invalidPayload')],
    ['of nested brackets', having(`"x":${'['.repeat(900_000)}${']'.repeat(900_000)}`), bad('payloadTooDeep', 'x')],
    ['of nested objects', having(`"x":${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`), bad('payloadTooDeep', 'x')],
    ['with 62 levels', having(`"x":${'['.repeat(61)}${']'.repeat(61)}`), [201]],
    ['with 63 levels', having(`"x":${'['.repeat(62)}${']'.repeat(62)}`), bad('payloadTooDeep', 'x')],
    ['with 63 levels, empty', having(`"x":${'{"y":'.repeat(61)}{}${'}'.repeat(61)}`), bad('payloadTooDeep', 'x')],
    ['nested in what is computed', having(`"id":${'['.repeat(900_000)}${']'.repeat(900_000)}`), [201]],
  ]
  it.each(rows)('%s', async (_, given, expected) => {
    const before = await ledger.count(operation.container)
    const reply = await post({ body: given })
    expect(verdict(reply)).toEqual(expected)
    expect(reply.text.length).toBeLessThan(2000)
    expect(await ledger.count(operation.container)).toBe(before + (expected[0] === 201 ? 1 : 0))
  })
})

describe('members', () => {
  it('given twice count once, the last one', async () => {
    const reply = await post({ body: `${text.slice(0, -1)},"name":5,"name":"last","a":1,"a":{"b":2,"b":3}}` })
    expect([reply.status, reply.json.name, reply.json.a]).toEqual([201, 'last', { b: 3 }])
    const tenants = `${text.slice(0, -1)},"partnerTenantId":"${OTHER_TENANT}"}`
    expect(verdict(await post({ body: tenants }))).toEqual([403, 'forbidden', 'tenantMismatch', 'partnerTenantId'])
    const own = text.replace(TENANT, OTHER_TENANT).replace(/}$/, `,"partnerTenantId":"${TENANT}"}`)
    expect((await post({ body: own })).json.partnerTenantId).toBe(TENANT)
  })

  it('named like parts of the language are refused anywhere', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
      const plain = JSON.parse(`"${name}"`)
      for (const [around, target] of [
        ['"x":[{"y":{?}}]', 'x[0].y.'],
        ['"target":{?}', 'target.'],
        ['"credentials":{?}', 'credentials.'],
        [
          '"aggregationDefinition":{"lambdaDefinitions":[{"own":{?}}]}',
          'aggregationDefinition.lambdaDefinitions[0].own.',
        ],
      ] as const) {
        const reply = await post({ body: `${text.slice(0, -1)},${around.replace('?', `"${name}":{"toString":1}`)}}` })
        expect(details(reply)).toEqual([`reservedName ${target}${plain}`])
      }
    }
  })

  it('named like methods of objects are like any', async () => {
    const own = { hasOwnProperty: 1, toJSON: 'x', valueOf: null, length: -1 }
    const deep = { ...own, '': 0, '1': 'one' }
    const { status, json } = await post({ body: { ...body, ...own, deep } })
    expect([status, json]).toMatchObject([201, { ...own, deep }])
  })

  it('named like an array index are refused, and answered where they were stored earlier', async () => {
    expect(details(await post({ body: { 1: 'one', ...body } }))).toEqual(["invalidName ['1']"])
    const { json } = await post({})
    const stored = await ledger.stored(operation.container, String(json.id))
    await ledger.database.container(operation.container).items.upsert({ ...stored, 1: 'one' })
    const { text: answered } = await ledger.call({ path: `${path}/${json.id}` })
    expect(answered).toMatch(/^\{"@odata\.context":.*"lastModifiedBy":\{.*\},"1":"one"\}$/)
    expect((await ledger.call({ path: `${path}?$top=1&$select=1,name` })).status).toBe(400)
  })

  it.each([
    ['"x":1e400', 'x'],
    ['"x":-1e400', 'x'],
    ['"x":[{"y":9007199254740993}]', 'x[0].y'],
    ['"target":{"tenantIds":[1e999]}', 'target.tenantIds[0]'],
  ])('%s would not come back', async (members, target) => {
    const reply = await post({ body: `${text.slice(0, -1)},${members}}` })
    expect(details(reply)).toEqual([`invalidValue ${target}`])
  })

  it('1e400 is not a valid attempt', async () => {
    const given = JSON.stringify(httpRequest.body).replace('"attempt":0', '"attempt":1e400')
    const reply = await post({ path: httpRequest.path, body: given })
    expect([...verdict(reply), ...details(reply)]).toEqual([
      ...bad('invalidPayload', 'attempt'),
      'invalidValue attempt',
    ])
  })

  it('with lone surrogates are refused wherever they are, and pairs come back', async () => {
    const lone = String.raw`"\ud800":1,"deep":[{"x":{"a\udc00":"","b":["\ud83d x"]}}],"description":"\ude00\ud83d"`
    expect(details(await post({ body: having(lone) })).sort()).toEqual([
      "invalidValue ['\ufffd']",
      'invalidValue deep[0].x.b[0]',
      "invalidValue deep[0].x['a\ufffd']",
      'invalidValue description',
    ])
    const pair = await post({ body: having(String.raw`"deep":{"\ud83d\ude00":["\ud83d\ude00"]}`) })
    expect([pair.status, pair.json.deep]).toEqual([201, { '😀': ['😀'] }])
  })
})
