import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { type Printed, printed } from './documentedAnswers'
import { GUID } from './replies'

const ORIGIN = 'http://ledger.test'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const cases = printed.flatMap((expected) =>
  (['beta', 'v1.0'] as const).map((version) => [`${version}/${expected.sample.name}`, version, expected] as const),
)

const post = ({ sample, collection }: Printed, version: string, headers: Readonly<Record<string, string>> = {}) =>
  ledger.call({ path: `/${version}/${collection}`, body: sample.body, headers })

const storedFor = async ({ sample }: Printed, location: string | null) =>
  (await ledger.stored(sample.container, location?.split('/').at(-1) ?? '')) ?? {}

const names = (headers: Headers): string[] => [...headers.keys()].sort()

const EVERY = ['cache-control', 'client-request-id', 'request-id', 'x-content-type-options']

describe.each(cases)('%s', (_, version, expected) => {
  const root = `${ORIGIN}/${version}`

  it('answers 201 with these headers and no others', async () => {
    const { status, headers, json } = await post(expected, version)
    expect(status).toBe(201)
    expect(names(headers)).toEqual([...EVERY, 'content-type', 'etag', 'location', 'odata-version'].sort())
    expect(headers.get('content-type')).toBe(
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    )
    expect(headers.get('odata-version')).toBe('4.0')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('request-id')).toMatch(GUID)
    expect(headers.get('client-request-id')).toBe(headers.get('request-id'))
    expect(headers.get('location')).toBe(`${root}/${expected.collection}/${json.id}`)
  })

  it('answers these members in this order, and stores what it answers', async () => {
    const { json, text, headers } = await post(expected, version)
    const id = String(json.id)
    expect(id).toMatch(GUID)
    const stored = await storedFor(expected, headers.get('location'))
    const etag = `W/"${Buffer.from(`'${stored._etag}'`).toString('base64')}"`
    expect(headers.get('etag')).toBe(etag)
    expect(text).toBe(
      JSON.stringify({
        '@odata.context': `${root}/${expected.context}`,
        '@odata.type': expected.type,
        '@odata.etag': etag,
        ...expected.properties(id),
      }),
    )
    const bare = await post(expected, version, { accept: 'application/json;odata.metadata=none' })
    expect(await storedFor(expected, bare.headers.get('location'))).toMatchObject(bare.json)
  })

  it('answers 204 for return=minimal', async () => {
    const { status, headers, text } = await post(expected, version, { prefer: 'return=minimal' })
    expect([status, text]).toEqual([204, ''])
    expect(names(headers)).toEqual(
      [...EVERY, 'etag', 'location', 'odata-entityid', 'odata-version', 'preference-applied'].sort(),
    )
    expect(headers.get('preference-applied')).toBe('return=minimal')
    expect(headers.get('odata-entityid')).toBe(headers.get('location'))
    const stored = await storedFor(expected, headers.get('location'))
    expect(headers.get('location')).toBe(`${root}/${expected.collection}/${stored.id}`)
    expect(atob(headers.get('etag')?.slice(3, -1) ?? '')).toBe(`'${stored._etag}'`)
  })

  it('omits annotations with metadata=none', async () => {
    const { text, json, headers } = await post(expected, version, { accept: 'application/json;odata.metadata=none' })
    const without = (_name: string, value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      return Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith('@')))
    }
    expect(text).toBe(JSON.stringify(expected.properties(String(json.id)), without))
    expect(headers.get('content-type')).toBe(
      'application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    )
    expect(headers.get('etag')).not.toBeNull()
  })

  it('answers full metadata as minimal, and says so', async () => {
    const full = await post(expected, version, { accept: 'application/json;odata.metadata=full' })
    expect(full.headers.get('content-type')).toContain('odata.metadata=minimal;')
    expect(Object.keys(full.json)).toEqual(Object.keys((await post(expected, version)).json))
  })

  it('takes URLs from its own address or PUBLIC_BASE_URL, whatever a proxy says', async () => {
    const forged = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-original-host': 'evil.example',
      forwarded: 'host=evil.example;proto=https',
      host: 'evil.example',
    }
    const own = await post(expected, version, forged)
    expect(own.headers.get('location')).toMatch(/^http:\/\/ledger\.test\//)
    expect(own.text).not.toContain('evil')
    const services = ledger.with({ PUBLIC_BASE_URL: 'https://ledger.contoso.example/' })
    const path = `/${version}/${expected.collection}`
    const call = { path, body: expected.sample.body, headers: forged, services }
    const { json, headers } = await ledger.call(call)
    const base = `https://ledger.contoso.example/${version}`
    expect(headers.get('location')).toBe(`${base}/${expected.collection}/${json.id}`)
    expect(json['@odata.context']).toBe(`${base}/${expected.context}`)
    const minimal = await ledger.call({ ...call, headers: { prefer: 'return=minimal' } })
    expect(minimal.headers.get('odata-entityid')).toMatch(/^https:\/\/ledger\.contoso\.example\//)
  })
})
