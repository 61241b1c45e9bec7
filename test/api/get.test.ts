import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, type Ledger, OTHER_TENANT, type Reply, startLedger } from '../harness'
import {
  appOperation,
  changeable,
  operation,
  RELATIONSHIP,
  relationshipRequest,
  result,
  type Sample,
  samples,
} from './samples'

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const every = samples.map((sample) => [sample.name, sample] as const)
const everyChangeable = changeable.map((sample) => [sample.name, sample] as const)

const create = async ({ path, body }: Sample) => {
  const { json, headers } = await ledger.call({ path, body })
  const id = String(json.id)
  return { id, path: `${path}/${id}`, etag: headers.get('etag') ?? '', location: headers.get('location') ?? '', json }
}

const codes = ({ status, json }: Reply) => {
  // The envelope of a failure; of a success there is none.
  const { innerError, target } = (json.error ?? {}) as { innerError?: { code: string }; target?: string }
  return [status, innerError?.code, target]
}

const tag = (text: string): string => `W/"${Buffer.from(text).toString('base64')}"`
const STALE = tag(`'"00000000-0000-0000-0000-000000000000"'`)
const NOBODY = '00000000-0000-0000-0000-000000000000'

describe('GET of an entity', () => {
  it.each(every)('answers what the create of %s answered, at its Location', async (_, sample) => {
    const { location, json, etag, path } = await create(sample)
    const reply = await ledger.call({ path: location.replace('http://ledger.test', '') })
    expect([reply.status, reply.headers.get('etag')]).toEqual([200, etag])
    const context = String(json['@odata.context']).replace(
      'tenantRelationships/$metadata#requests',
      `$metadata#tenantRelationships/delegatedAdminRelationships('${RELATIONSHIP}')/requests/$entity`,
    )
    expect(reply.json).toEqual({ ...json, '@odata.context': context })
    expect(reply.headers.get('odata-version')).toBe('4.0')
    const head = await ledger.call({ path, method: 'HEAD' })
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag])
  })

  it.each(every)('finds %s by an id in any case', async (_, sample) => {
    const { id } = await create(sample)
    expect((await ledger.call({ path: `${sample.path}/${id.toUpperCase()}` })).json.id).toBe(id)
  })

  it('answers the selected properties, and annotations unless metadata=none', async () => {
    const body = { ...operation.body, dynamic: { deep: [1] }, toString: 'own' }
    const { json } = await ledger.call({ path: operation.path, body })
    const path = `${operation.path}/${json.id}?$select=dynamic, name,absent,toString`
    const minimal = await ledger.call({ path })
    const { '@odata.context': context, '@odata.type': type, '@odata.etag': etag, ...properties } = minimal.json
    expect(context).toBe(
      'http://ledger.test/beta/$metadata#managedTenantOperations(dynamic,name,absent,toString)/$entity',
    )
    expect([type, typeof etag]).toEqual(['#microsoft.management.services.api.managedTenantOperation', 'string'])
    expect(properties).toEqual({ name: 'Enforce MFA', dynamic: { deep: [1] }, toString: 'own' })
    const none = await ledger.call({ path, headers: { accept: 'application/json;odata.metadata=none' } })
    expect(none.json).toEqual(properties)
    expect(none.headers.get('content-type')).toContain('odata.metadata=none')
  })

  it.each([
    ['the tag', (etag: string) => etag, 304],
    ['the tag, strong', (etag: string) => etag.slice(2), 304],
    ['a list with the tag', (etag: string) => `"x", ${STALE} ,${etag}`, 304],
    ['*', () => '*', 304],
    ['another tag', () => STALE, 200],
    ['what is no tag', () => 'x', 200],
    ['nothing', () => '', 200],
  ])('with %s in If-None-Match', async (_, header, status) => {
    const { path, etag } = await create(result)
    const reply = await ledger.call({ path, headers: { 'if-none-match': header(etag) } })
    expect([reply.status, reply.headers.get('etag')]).toEqual([status, etag])
    if (status === 304) expect(reply.text).toBe('')
  })
})

describe('404', () => {
  const verbs: Call[] = [
    { path: '' },
    { path: '', method: 'HEAD' },
    { path: '', headers: { 'if-none-match': '*' } },
    { path: '', method: 'PATCH', body: {} },
    { path: '', method: 'PATCH', body: {}, headers: { 'if-match': '*' } },
    { path: '', method: 'PATCH', body: {}, headers: { 'if-match': STALE } },
    { path: '', method: 'DELETE' },
    { path: '', method: 'DELETE', headers: { 'if-match': '*' } },
    { path: '', method: 'DELETE', headers: { 'if-match': STALE } },
    { path: '', method: 'DELETE', headers: { 'if-match': `${STALE}, "x"` } },
  ]
  const fits = ({ changes }: Sample) =>
    verbs.filter(({ method }) => changes || method === undefined || method === 'HEAD')

  it.each(every)('for %s of another partner, below another parent, and for ids that are none', async (_, sample) => {
    const { id, path } = await create(sample)
    const token = { tenant: OTHER_TENANT }
    const below = sample.elsewhere === undefined ? [] : [`${sample.elsewhere}/${id}`]
    const wrong = [
      ...below,
      `${sample.path}/${NOBODY}`,
      ...['1', `${id}0`, '%20', "'x'", `(${id})`].map((text) => `${sample.path}/${text}`),
    ]
    for (const verb of fits(sample)) {
      const expected = verb.method === 'HEAD' ? [404, undefined, undefined] : [404, 'unknownResource', undefined]
      expect(codes(await ledger.call({ ...verb, path, token }))).toEqual(expected)
      for (const other of wrong)
        expect([other, ...codes(await ledger.call({ ...verb, path: other }))]).toEqual([other, ...expected])
    }
    expect((await ledger.call({ path })).status).toBe(200)
  })

  it('does not distinguish a missing entity from another partner’s', async () => {
    const { path } = await create(operation)
    const bare = ({ text, status }: Reply) => [status, text.replaceAll(/"[0-9a-f-]{36}"/g, '')]
    const foreign = await ledger.call({ path, token: { tenant: OTHER_TENANT } })
    expect(bare(foreign)).toEqual(bare(await ledger.call({ path: `${operation.path}/${NOBODY}` })))
  })
})

describe('405', () => {
  const { path } = relationshipRequest
  it.each([
    ['PATCH', `${path}/${NOBODY}`, 'GET, HEAD'],
    ['DELETE', `${path}/${NOBODY}`, 'GET, HEAD'],
    ['PUT', `${path}/${NOBODY}`, 'GET, HEAD'],
    ['POST', `${path}/${NOBODY}`, 'GET, HEAD'],
    ['DELETE', path, 'GET, HEAD, PATCH, POST'],
    ['PUT', `${operation.path}/${NOBODY}`, 'DELETE, GET, HEAD, PATCH'],
    ['POST', `${appOperation.path}/${NOBODY}`, 'DELETE, GET, HEAD, PATCH'],
    ['OPTIONS', result.path, 'GET, HEAD, PATCH, POST'],
    ['POST', `${path}/$count`, 'GET, HEAD'],
  ])('for %s of %s says what the path takes, to anybody', async (method, path, allow) => {
    const reply = await ledger.call({ method, path, token: null })
    expect([...codes(reply), reply.headers.get('allow')]).toEqual([405, 'unsupportedMethod', undefined, allow])
  })
})

describe('If-Match', () => {
  const matches: [string, (etag: string) => string, boolean][] = [
    ['the tag', (etag) => etag, true],
    ['the tag, strong', (etag) => etag.slice(2), true],
    ['a list with the tag', (etag) => `${STALE}, ${etag}`, true],
    ['*', () => '*', true],
    ['another tag', () => STALE, false],
    ['a list of others', () => `${STALE}, "x"`, false],
    ['nothing', () => '', false],
    ['what is no tag', () => 'x', false],
    ['a foreign tag', () => '"x"', false],
    ['a tag with a star in it', () => tag("'*'"), false],
    ['a tag with a quoted star in it', () => tag(`'"*"'`), false],
    ['a tag with a control character in it', () => tag(`'"\u0001"'`), false],
    ['a tag with a line break in it', () => tag(`'"a\r\nx: y"'`), false],
    ['a tag with a letter beyond Latin in it', () => tag(`'"日"'`), false],
    ['an unquoted tag', () => tag("'abc'"), false],
  ]

  it.each(matches)('with %s', async (_, header, isMet) => {
    for (const sample of changeable) {
      const { path, etag } = await create(sample)
      const headers = { 'if-match': header(etag) }
      const patched = await ledger.call({ path, method: 'PATCH', body: {}, headers })
      expect(codes(patched)).toEqual(isMet ? [200, undefined, undefined] : [412, 'etagMismatch', 'If-Match'])
      const now = (await ledger.call({ path })).headers.get('etag') ?? ''
      expect(now === etag).toBe(!isMet)
      const again = { 'if-match': header(now) }
      const deleted = await ledger.call({ path, method: 'DELETE', headers: again })
      expect(codes(deleted)).toEqual(isMet ? [204, undefined, undefined] : [412, 'etagMismatch', 'If-Match'])
      expect((await ledger.call({ path })).status).toBe(isMet ? 404 : 200)
    }
  })
})

describe('DELETE', () => {
  it.each(everyChangeable)('of %s answers 204, then 404', async (_, sample) => {
    const { path, id } = await create(sample)
    const reply = await ledger.call({ path, method: 'DELETE' })
    expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([204, '', null])
    expect(codes(await ledger.call({ path, method: 'DELETE' }))).toEqual([404, 'unknownResource', undefined])
    expect(await ledger.stored(sample.container, id)).toBeUndefined()
  })
})
