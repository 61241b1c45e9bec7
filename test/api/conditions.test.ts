import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { errorOf, verdict } from './replies'
import { changeable, type Sample } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const STALE = `W/"${Buffer.from(`'"00000000-0000-0000-0000-000000000000"'`).toString('base64')}"`
const each = changeable.map((sample) => [sample.name, sample] as const)

const create = async ({ path, body }: Sample) => {
  const { json, headers } = await ledger.call({ path, body })
  return { path: `${path}/${json.id}`, etag: String(headers.get('etag')) }
}

const write = (method: string, path: string, headers: Readonly<Record<string, string>>) =>
  ledger.call({ method, path, headers, ...(method === 'PATCH' && { body: {} }) })

describe.each(['PATCH', 'DELETE'])('If-None-Match on %s', (method) => {
  it.each(each)('rules out what is there: %s', async (_, sample) => {
    const { path, etag } = await create(sample)
    for (const condition of ['*', etag, etag.slice(2), `${STALE}, ${etag}`]) {
      const reply = await write(method, path, { 'if-none-match': condition })
      expect(verdict(reply)).toEqual([412, 'preconditionFailed', 'etagMismatch', 'If-None-Match'])
    }
    const { headers } = await ledger.call({ path })
    expect(headers.get('etag')).toBe(etag)
  })

  it.each(each)('lets through what it does not name: %s', async (_, sample) => {
    for (const condition of [STALE, '"x"', 'x', '']) {
      const { path } = await create(sample)
      const reply = await write(method, path, { 'if-none-match': condition })
      expect(reply.status).toBe(method === 'PATCH' ? 200 : 204)
    }
  })

  it.each(each)('is judged after what is there, and together with If-Match: %s', async (_, sample) => {
    const nobody = await write(method, `${sample.path}/${OTHER_TENANT}`, { 'if-none-match': '*' })
    expect(verdict(nobody)).toEqual([404, 'notFound', 'unknownResource'])
    const { path, etag } = await create(sample)
    const both = await write(method, path, { 'if-match': etag, 'if-none-match': etag })
    expect(verdict(both)).toEqual([412, 'preconditionFailed', 'etagMismatch', 'If-None-Match'])
    const stale = await write(method, path, { 'if-match': STALE, 'if-none-match': STALE })
    expect(verdict(stale)).toEqual([412, 'preconditionFailed', 'etagMismatch', 'If-Match'])
    const fine = await write(method, path, { 'if-match': etag, 'if-none-match': STALE })
    expect(fine.status).toBe(method === 'PATCH' ? 200 : 204)
  })
})

describe.each(['PATCH', 'DELETE'])('If-Match on %s', (method) => {
  it.each(['abc', '', '"', 'W/', 'W/"x', "'x'", '* x', 'x "y"', ' , ', `"a"${' , '.repeat(5000)}x`])(
    'that is malformed says so, and changes nothing: %.20j',
    async (condition) => {
      const [sample] = changeable
      const { path, etag } = await create(sample as Sample) // there are such
      const reply = await write(method, path, { 'if-match': condition })
      expect(verdict(reply)).toEqual([412, 'preconditionFailed', 'etagMismatch', 'If-Match'])
      expect(errorOf(reply)?.message).toContain('malformed')
      const within = await write(method, path, { 'if-match': `abc, ${etag}` })
      expect(errorOf(within)?.message).toContain('malformed')
      expect((await ledger.call({ path })).headers.get('etag')).toBe(etag)
    },
  )

  it.each(['"x"', STALE, `"x" , ${STALE},`, ',"x"'])('that names another version says so: %j', async (condition) => {
    const [sample] = changeable
    const { path } = await create(sample as Sample) // there are such
    const reply = await write(method, path, { 'if-match': condition })
    expect(errorOf(reply)?.message).toContain('is not the one in If-Match')
  })
})

describe('a create', () => {
  it.each(each)('meets no If-None-Match: %s', async (_, { path, body }) => {
    expect((await ledger.call({ path, body, headers: { 'if-none-match': '*' } })).status).toBe(201)
  })
})
