import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toSkipToken } from '../../shared/odata/skipToken'
import { type Call, type Ledger, OTHER_TENANT, type Reply, startLedger, TENANT } from '../harness'
import { appOperation, httpRequest, relationshipRequest, result, type Sample, samples } from './samples'

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
  for (const { path, body, elsewhere = path } of samples) {
    for (let count = 0; count < 5; count++) await ledger.call({ path, body })
    if (elsewhere !== path) await ledger.call({ path: elsewhere, body })
    const { partnerTenantId } = body
    const foreign = partnerTenantId === undefined ? body : { ...body, partnerTenantId: OTHER_TENANT }
    await ledger.call({ path, body: foreign, token: { tenant: OTHER_TENANT } })
  }
})
afterAll(() => ledger.close())

const GUID = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'

const codes = ({ status, json }: Reply) => {
  // The envelope of a failure; of a success there is none.
  const { innerError, target } = (json.error ?? {}) as { innerError?: { code: string }; target?: string }
  return [status, innerError?.code, target]
}

const rows = ({ json }: Reply) => (Array.isArray(json.value) ? (json.value as Record<string, unknown>[]) : [])
const idsOf = (reply: Reply) => rows(reply).map(({ id }) => String(id))
const linkOf = ({ json }: Reply) => String(json['@odata.nextLink']).replace('http://ledger.test', '')

describe('a page', () => {
  it('links to the next with the query as it was sent, whatever the case and the dollar of its options', async () => {
    const first = await ledger.call({
      path: `${result.path}?TOP=2&%24Filter=isSuccess%20eq%20true&orderBy=createdDateTime&x=1`,
    })
    const [url, token] = String(first.json['@odata.nextLink']).split('&$skiptoken=')
    expect(url).toBe(
      `http://ledger.test${result.path}?TOP=2&%24Filter=isSuccess%20eq%20true&orderBy=createdDateTime&x=1`,
    )
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
    const second = await ledger.call({ path: linkOf(first) })
    const third = await ledger.call({ path: linkOf(second) })
    expect([first, second, third].map((page) => rows(page).length)).toEqual([2, 2, 1])
    expect(third.json['@odata.nextLink']).toBeUndefined()
    expect(new Set([first, second, third].flatMap(idsOf)).size).toBe(5)
  })

  it.each([
    ['odata.maxpagesize=3', '', 3, 'odata.maxpagesize=3'],
    ['maxpagesize=3', '', 3, 'odata.maxpagesize=3'],
    ['Odata.MaxPageSize="2", respond-async', '$top=4', 2, 'odata.maxpagesize=2'],
    ['odata.maxpagesize=4', '$top=2', 2, null],
    ['odata.maxpagesize=2', '$top=2', 2, null],
    ['odata.maxpagesize=5000', '', 5, 'odata.maxpagesize=999'],
    ['odata.maxpagesize=0', '', 5, null],
    ['odata.maxpagesize=x', '', 5, null],
    ['odata.maxpagesize=-1', '$top=4', 4, null],
    ['odata.maxpagesize', '', 5, null],
  ])('with Prefer: %s and %j has %i of five', async (prefer, query, size, applied) => {
    const headers = { prefer }
    const first = await ledger.call({ path: `${httpRequest.path}?${query}`, headers })
    expect([rows(first).length, first.headers.get('preference-applied')]).toEqual([size, applied])
    const ids = idsOf(first)
    for (let page = first; page.json['@odata.nextLink'] !== undefined; ) {
      page = await ledger.call({ path: linkOf(page), headers })
      ids.push(...idsOf(page))
    }
    expect([ids.length, new Set(ids).size]).toEqual([5, 5])
  })

  it.each([
    ['GUIDs with + for blanks', (name: string, id: string) => `${name}+eq+${id}`],
    ['GUIDs in quotes', (name: string, id: string) => `${name}+eq+'${id}'`],
    ['slashes', (name: string) => `contains(managedTenantOperationId,'${'/'.repeat(60)}')+or+${name}+ne+null`],
  ])('links to the next with no more than its token: %s', async (_, term) => {
    const filter = Array.from({ length: 50 }, (_, at) => term(at === 0 ? 'requestId' : 'targetTenantId', GUID)).join(
      '+or+',
    )
    const path = `${result.path}?$filter=${filter}&$top=1`
    const page = await ledger.call({ path })
    const token = /&\$skiptoken=[\w-]+$/.exec(linkOf(page))?.[0] ?? ''
    expect(linkOf(page)).toBe(path + token)
    expect(token.length).toBeLessThan(200)
    const next = await ledger.call({ path: linkOf(page) })
    expect([next.status, rows(next).length]).toEqual([200, 1])
    expect(linkOf(next).length).toBeLessThanOrEqual(path.length + 200)
  })

  it('links with the parameter aliases of its filter, which are part of what the token is for', async () => {
    const page = await ledger.call({ path: `${result.path}?$filter=isSuccess eq @p&@p=true&$top=1` })
    expect(linkOf(page)).toContain('&@p=true&')
    expect(rows(await ledger.call({ path: linkOf(page) })).length).toBe(1)
    const other = await ledger.call({ path: linkOf(page).replace('@p=true', '@p=false') })
    expect(codes(other)).toEqual([400, 'invalidQueryOption', '$skiptoken'])
  })

  it.each([5, 6, 999])('of $top=%i is the last of five', async (top) => {
    const page = await ledger.call({ path: `${httpRequest.path}?$top=${top}` })
    expect([rows(page).length, page.json['@odata.nextLink']]).toEqual([5, undefined])
  })

  it('links to where PUBLIC_BASE_URL says, below the parent as it is spelt', async () => {
    const services = ledger.with({ PUBLIC_BASE_URL: 'https://ledger.contoso.com' })
    const { json } = await ledger.call({ path: `${appOperation.path}?$top=1`, services })
    expect(json['@odata.nextLink']).toMatch(
      /^https:\/\/ledger\.contoso\.com\/v1\.0\/users\/o'neil\/managedAppRegistrations\/T_1\/operations\?/,
    )
    const next = String(json['@odata.nextLink']).replace('https://ledger.contoso.com', '')
    expect((await ledger.call({ path: next })).status).toBe(200)
  })

  const link = async (sample: Sample, options = '$top=1&$orderby=lastModifiedDateTime') =>
    linkOf(await ledger.call({ path: `${sample.path}?${options}` }))
  const relative = relationshipRequest.elsewhere ?? ''
  const misuses: [string, Sample, (link: string) => Call][] = [
    ['that was cut', result, (path) => ({ path: path.slice(0, -1) })],
    ['that was added to', result, (path) => ({ path: `${path}A` })],
    ['with padding', result, (path) => ({ path: `${path}=` })],
    [
      'with one letter changed',
      result,
      (path) => ({ path: path.replace(/(.{20})$/, (end) => (end[0] === 'A' ? 'B' : 'A') + end.slice(1)) }),
    ],
    ['that is empty', result, (path) => ({ path: path.replace(/skiptoken=.*$/, 'skiptoken=') })],
    ['of another partner', result, (path) => ({ path, token: { tenant: OTHER_TENANT } })],
    ['with another order', result, (path) => ({ path: path.replace('lastModified', 'created') })],
    ['with another size', result, (path) => ({ path: path.replace('$top=1', '$top=2') })],
    ['with an option more', result, (path) => ({ path: `${path}&$count=true` })],
    ['with a filter more', result, (path) => ({ path: `${path}&$filter=isSuccess eq true` })],
    ['with an option less', result, (path) => ({ path: path.replace('$top=1&', '') })],
    [
      'below another parent',
      relationshipRequest,
      (path) => ({ path: path.replace(relationshipRequest.path, relative) }),
    ],
    ['of another collection', result, (path) => ({ path: path.replace(result.path, httpRequest.path) })],
    ['of another version', result, (path) => ({ path: path.replace('/beta/', '/v1.0/') })],
  ]
  it.each(misuses)('is not given for a token %s', async (_, sample, misuse) => {
    expect(codes(await ledger.call(misuse(await link(sample))))).toEqual([400, 'invalidQueryOption', '$skiptoken'])
  })

  it.each([
    ['2026-11-23T10:00:00.0000000Z', 200],
    ['yesterday', 400],
    ['', 400],
  ])('of a made-up token that begins after %j is %i', async (value, status) => {
    const options = [
      ['orderby', 'createdDateTime'],
      ['top', '1'],
    ]
    // What a link of this very list is bound to.
    const token = toSkipToken({ value, id: randomUUID() }, [TENANT, result.path, JSON.stringify(options)])
    const reply = await ledger.call({ path: `${result.path}?$top=1&$orderby=createdDateTime&$skiptoken=${token}` })
    expect(codes(reply)).toEqual(
      status === 200 ? [200, undefined, undefined] : [400, 'invalidQueryOption', '$skiptoken'],
    )
  })

  it('ends at 4 MB, and the next goes on', async () => {
    const { items } = ledger.database.container(result.container)
    const large = (index: number) => ({
      ...result.body,
      id: randomUUID(),
      managedTenantOperationId: 'large',
      isSuccess: false,
      createdDateTime: `2026-01-01T00:00:0${index}.0000000Z`,
      lastModifiedDateTime: '2026-01-01T00:00:00.0000000Z',
      exception: 'x'.repeat(1_500_000),
      executionInfo: null,
      result: [],
    })
    for (let index = 0; index < 5; index++) await items.create(large(index))
    const sizes: number[] = []
    let next: string | undefined = `${result.path}?$filter=managedTenantOperationId eq 'large'`
    while (next !== undefined) {
      const page: Reply = await ledger.call({ path: next })
      sizes.push(rows(page).length)
      next = page.json['@odata.nextLink'] === undefined ? undefined : linkOf(page)
    }
    expect(sizes).toEqual([2, 2, 1])
  })
})
