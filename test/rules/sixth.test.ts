import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { count } from '../../shared/http/count'
import { create } from '../../shared/http/create'
import { remove } from '../../shared/http/delete'
import { get } from '../../shared/http/get'
import { list } from '../../shared/http/list'
import { patch } from '../../shared/http/patch'
import { register } from '../../shared/http/register'
import { resource } from '../../shared/schemas/resource'
import { rules } from '../../shared/schemas/rules'
import { dateTime, guid, text } from '../../shared/schemas/types'
import { type Ledger, startLedger } from '../harness'

// The example of CONTRIBUTING.md. Nothing else says anything of it.
const deviceComplianceNote = resource({
  name: 'deviceComplianceNote',
  namespace: 'microsoft.graph',
  route: 'deviceComplianceNotes',
  parents: () => ({}),
  context: '$metadata#deviceComplianceNotes',
  container: 'deviceComplianceNotes',
  partitionKey: ['partnerTenantId'],
  permissions: { write: 'DeviceManagementApps.ReadWrite.All', read: 'DeviceManagementApps.Read.All' },
  schema: () =>
    z.strictObject({
      id: guid().register(rules, { computed: true, filter: true }),
      text: text().register(rules, { filter: true }),
      createdDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
      lastModifiedDateTime: dateTime().register(rules, { computed: true, filter: true, order: true }),
    }),
})

const PATH = '/v1.0/deviceComplianceNotes'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
  const paths = deviceComplianceNote.partitionKey.map((name) => `/${name}`)
  // Its entry in infra/containers.json, as far as paging needs it.
  const orders = ['ascending', 'descending'] as const
  const pair = (order: (typeof orders)[number]) => ['/createdDateTime', '/id'].map((path) => ({ path, order }))
  const indexingPolicy = { compositeIndexes: orders.map(pair) }
  await ledger.database.containers.create({
    id: deviceComplianceNote.container,
    partitionKey: { paths },
    indexingPolicy,
  })
  const verbs = { Count: count, Create: create, Delete: remove, Get: get, List: list, Patch: patch }
  for (const [verb, make] of Object.entries(verbs)) register(`deviceComplianceNotes${verb}`, make(deviceComplianceNote))
})
afterAll(() => ledger.close())

test('a sixth resource needs its declaration, a function a verb, a container, and no other line', async () => {
  const created = await ledger.call({ path: PATH, body: { text: 'Encrypted' } })
  expect([created.status, created.json['@odata.type']]).toEqual([201, '#microsoft.graph.deviceComplianceNote'])
  expect(created.json['@odata.context']).toBe('http://ledger.test/v1.0/$metadata#deviceComplianceNotes/$entity')
  const item = `${PATH}/${String(created.json.id)}`
  expect(created.headers.get('location')).toBe(`http://ledger.test${item}`)
  const refused = await ledger.call({ path: PATH, body: { text: '', more: 1 } })
  expect(refused.json).toMatchObject({
    error: {
      details: [
        { code: 'invalidLength', target: 'text' },
        { code: 'unknownProperty', target: 'more' },
      ],
    },
  })
  expect((await ledger.call({ method: 'PATCH', path: item, body: { text: 'Compliant' } })).json.text).toBe('Compliant')
  const found = await ledger.call({ path: `${PATH}?$filter=text eq 'Compliant'&$orderby=createdDateTime&$count=true` })
  expect(found.json).toMatchObject({ '@odata.count': 1, value: [{ id: created.json.id }] })
  expect((await ledger.call({ path: `${PATH}/$count` })).text).toBe('1')
  expect((await ledger.call({ method: 'PUT', path: item })).headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH')
  expect((await ledger.call({ method: 'DELETE', path: item })).status).toBe(204)
  expect((await ledger.call({ path: item })).status).toBe(404)
})

test('CONTRIBUTING.md shows this very declaration', () => {
  const lines = (of: string): string[] => of.split('\n').map((line) => line.trim())
  const page = lines(readFileSync('CONTRIBUTING.md', 'utf8'))
  const own = lines(readFileSync('test/rules/sixth.test.ts', 'utf8'))
  const start = own.indexOf('const deviceComplianceNote = resource({')
  const declaration = own.slice(start + 1, own.indexOf('})', start) + 1)
  const shown = page.indexOf('export const deviceComplianceNote = resource({')
  expect(page.slice(shown + 1, shown + 1 + declaration.length)).toEqual(declaration)
})
