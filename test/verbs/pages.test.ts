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

const codes = ({ status, json }: Reply) => {
  // The envelope of a failure; of a success there is none.
  const { innerError, target } = (json.error ?? {}) as { innerError?: { code: string }; target?: string }
  return [status, innerError?.code, target]
}

const rows = ({ json }: Reply) => (Array.isArray(json.value) ? (json.value as Record<string, unknown>[]) : [])
const idsOf = (reply: Reply) => rows(reply).map(({ id }) => String(id))
const linkOf = ({ json }: Reply) => String(json['@odata.nextLink']).replace('http://ledger.test', '')

describe('a page', () => {
  it('links to the next with all options, whatever their case and their dollar', async () => {
    const first = await ledger.call({
      path: `${result.path}?TOP=2&%24Filter=isSuccess%20eq%20true&orderBy=createdDateTime&x=1`,
    })
    const [url, token] = String(first.json['@odata.nextLink']).split('&$skiptoken=')
    expect(url).toBe(`http://ledger.test${result.path}?$filter=isSuccess%20eq%20true&$orderby=createdDateTime&$top=2`)
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
    const second = await ledger.call({ path: linkOf(first) })
    const third = await ledger.call({ path: linkOf(second) })
    expect([first, second, third].map((page) => rows(page).length)).toEqual([2, 2, 1])
    expect(third.json['@odata.nextLink']).toBeUndefined()
    expect(new Set([first, second, third].flatMap(idsOf)).size).toBe(5)
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

describe('paging beside writers', () => {
  it('brings what existed throughout exactly once', async () => {
    const path = '/beta/users/busy/managedAppRegistrations/r/operations'
    const add = async (name: string) =>
      String((await ledger.call({ path, body: { ...appOperation.body, displayName: name } })).json.id)
    const names = Array.from({ length: 24 }, (_, index) => `n${String(index % 6)}`)
    const ids = await Promise.all(names.map(add))
    const kept = ids.filter((_, index) => index % 3 !== 0)
    const doomed = ids.filter((_, index) => index % 3 === 0)
    for (const order of ['displayName asc', 'displayName desc', 'lastModifiedDateTime']) {
      const found: string[] = []
      let next: string | undefined = `${path}?$top=4&$orderby=${order}`
      while (next !== undefined) {
        const page: Reply = await ledger.call({ path: next })
        found.push(...idsOf(page))
        next = page.json['@odata.nextLink'] === undefined ? undefined : linkOf(page)
        await Promise.all([add('n0'), add('n3'), add('n9')])
        const gone = [doomed.pop(), found.at(-1)].filter((id) => id !== undefined && !kept.includes(id))
        for (const id of gone) await ledger.call({ path: `${path}/${id}`, method: 'DELETE' })
        if (found.length > 400) break
      }
      const seen = kept.map((id) => found.filter((other) => other === id).length)
      expect([order, seen]).toEqual([order, kept.map(() => 1)])
      expect(new Set(found).size).toBe(found.length)
    }
  })
})
