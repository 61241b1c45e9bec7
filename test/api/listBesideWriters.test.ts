import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, type Reply, startLedger } from '../harness'
import { appOperation } from './samples'

let ledger: Ledger

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const rows = ({ json }: Reply) => (Array.isArray(json.value) ? (json.value as Record<string, unknown>[]) : [])
const idsOf = (reply: Reply) => rows(reply).map(({ id }) => String(id))
const linkOf = ({ json }: Reply) => String(json['@odata.nextLink']).replace('http://ledger.test', '')

describe('paging with concurrent writers', () => {
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
