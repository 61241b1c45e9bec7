import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Example, readExamples } from '../../local/examples'
import { endpoints } from '../../shared/http/register'
import { type Ledger, startLedger } from '../harness'
import { type Document, indexCost } from './cost'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const creates = readExamples().filter(({ name }) => name.endsWith('Create'))
const containerOf = (example: Example): string => endpoints.find(({ name }) => name === example.name)?.container ?? ''

const create = async (example: Example): Promise<Document> => {
  const { json } = await ledger.call({ method: 'POST', path: example.path, body: example.body })
  return (await ledger.stored(containerOf(example), String(json.id))) ?? {}
}

const own = (document: Document): Document =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !['_rid', '_self', '_ts', '_etag'].includes(name)))

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

test.each(creates)('$name stores at most 800 bytes beyond what the caller sent', async (example) => {
  expect(bytes(own(await create(example))) - bytes(example.body)).toBeLessThanOrEqual(800)
})

test.each(creates)('$name adds nothing to a document but what it must', async (example) => {
  const added = Object.keys(own(await create(example))).filter((name) => !(name in (example.body ?? {})))
  const known = ['id', 'createdDateTime', 'lastModifiedDateTime', 'status', 'partnerTenantId', '_write', 'result']
  const optional = ['aggregationDefinition', 'exception', 'executionInfo', 'response', 'description', 'statusCode']
  const callers = ['createdBy', 'lastModifiedBy']
  const parents = ['usersId', 'managedAppRegistrationId', 'delegatedAdminRelationshipId']
  expect(added.filter((name) => ![...known, ...optional, ...callers, ...parents].includes(name))).toEqual([])
})

test('docs/performance.md tells the index entries of each create', async () => {
  const page = readFileSync('docs/performance.md', 'utf8')
  for (const example of creates) {
    const container = containerOf(example)
    const { paths, composites, byDefault } = indexCost(container, await create(example))
    expect(page).toContain(`| ${container} | ${paths} | ${composites} | ${byDefault} |`)
  }
})
