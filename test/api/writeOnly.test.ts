import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { details } from './replies'
import { operation } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

describe('the write-only name', () => {
  const places: [string, (name: string) => object, string][] = [
    ['of the operation itself', (name) => ({ [name]: 'x' }), ''],
    ['of a complex value', (name) => ({ target: { [name]: 'x' } }), 'target.'],
    [
      'of a lambda',
      (name) => ({ operationDefinition: { lambdaDefinitions: [{ [name]: 1 }] } }),
      'operationDefinition.lambdaDefinitions[0].',
    ],
    ['deep in a dynamic value', (name) => ({ more: [{ credentials: { [name]: null } }] }), 'more[0].credentials.'],
  ]
  const names = ['dapAccessToken', 'DapAccessToken', 'dapaccesstoken', 'DAPACCESSTOKEN']
  it.each(places)('is reserved in any spelling, as one %s', async (_, wrap, prefix) => {
    for (const name of names) {
      const reply = await ledger.call({ path: operation.path, body: { ...operation.body, ...wrap(name) } })
      expect(details(reply)).toEqual([`reservedName ${prefix}${name}`])
    }
  })

  it('is checked and dropped in any spelling where it belongs', async () => {
    for (const name of names) {
      const reply = await ledger.call({
        path: operation.path,
        body: { ...operation.body, Credentials: { [name]: 'SECRET' } },
      })
      expect([reply.status, reply.json.credentials]).toEqual([
        201,
        { '@odata.type': 'microsoft.graph.managedTenantOperationCredentials' },
      ])
      const stored = await ledger.stored(operation.container, String(reply.json.id))
      expect(reply.text + reply.logged.join() + JSON.stringify(stored)).not.toContain('SECRET')
    }
  })
})

describe('an older document with a property that differs from a declared one in case', () => {
  it('is answered without it, and loses it with the next change', async () => {
    const { json } = await ledger.call({ path: operation.path, body: { ...operation.body, more: 1 } })
    const path = `${operation.path}/${json.id}`
    const stored = await ledger.stored(operation.container, String(json.id))
    const { items } = ledger.database.container(operation.container)
    await items.upsert({ ...stored, Credentials: { DapAccessToken: 'SECRET' }, Status: 'other' })
    const read = await ledger.call({ path })
    expect([read.json.status, read.json.more, read.text]).toEqual([
      'notStarted',
      1,
      expect.not.stringMatching(/SECRET|Status"/),
    ])
    expect((await ledger.call({ path: operation.path })).text).not.toMatch(/SECRET|"Status"/)
    await ledger.call({ method: 'PATCH', path, body: { name: 'changed' } })
    expect(JSON.stringify(await ledger.stored(operation.container, String(json.id)))).not.toMatch(/SECRET|"Status"/)
  })
})
