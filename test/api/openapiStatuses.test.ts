import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { operationId } from '../../shared/description/operation'
import { failures, statuses } from '../../shared/errors'
import { endpoints } from '../../shared/http/register'
import { type Call, type Ledger, type Reply, startLedger } from '../harness'
import { type Described, type OpenApi, operationsOf, readOpenApi } from './openApiDocument'
import { provocations } from './provocations'

let ledger: Ledger
let document: OpenApi
beforeAll(async () => {
  ledger = await startLedger()
  document = await readOpenApi(ledger)
})
afterAll(() => ledger.close())

const RELATIONSHIP = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4-0b7c2f11-93de-4a6f-8c25-d1e0947ab358'
const fill = (path: string, id: string): string =>
  `/beta${path}`
    .replace('{delegatedAdminRelationshipId}', RELATIONSHIP)
    .replace('{id}', id)
    .replace(/\{\w+\}/g, 'anything')

// The names are known before the document is: each operation is a test.
const ids = endpoints.flatMap(({ operation, batch }) =>
  operation === undefined ? (batch?.name ?? []) : operationId(operation),
)

const find = (id: string): Described => {
  const found = operationsOf(document).find((described) => described.id === id)
  if (found === undefined) throw new Error(`the document has no ${id}`)
  return found
}

const exampleOf = ({ operation }: Described): unknown => operation.requestBody?.content['application/json']?.example

// A request of an operation that succeeds, on an entity of its own.
const succeeding = async (described: Described): Promise<Call> => {
  if (described.id === 'batch') return { method: 'POST', path: fill(described.path, ''), body: exampleOf(described) }
  const create = find(`${described.id.split('.')[0]}.create`)
  const { json } = await ledger.call({ path: fill(create.path, ''), body: exampleOf(create) })
  const body = exampleOf(described)
  const call = { method: described.method, path: fill(described.path, String(json.id)) }
  const headers = described.id.endsWith('.bulk') ? { headers: { prefer: 'continue-on-error' } } : {}
  return body === undefined ? call : { ...call, body, ...headers }
}

const documentedHeaders = ({ operation }: Described, status: number): string[] =>
  Object.keys(operation.responses[status]?.headers ?? {})

// Headers that only some answers of a status have.
const SOMETIMES = ['Preference-Applied', 'Repeatability-Result']

const expectHeaders = (described: Described, reply: Reply): void => {
  const missing = documentedHeaders(described, reply.status).filter(
    (name) => !reply.headers.has(name) && !SOMETIMES.includes(name),
  )
  expect([described.id, reply.status, missing]).toEqual([described.id, reply.status, []])
}

// In a bulk much of what fails a create fails an entity alone.
const single = ids.filter((id) => !id.endsWith('.bulk'))

test.each(single)('%s is seen with every failure that it documents', async (id) => {
  const described = find(id)
  const documented = Object.values(described.operation.responses).flatMap(({ content }) =>
    Object.keys(content?.['application/json']?.examples ?? {}),
  )
  const isOpen = endpoints.some(
    ({ operation }) => operation?.resource.open === true && id.startsWith(`${operation.resource.container}.`),
  )
  for (const failure of documented) {
    if (failure === 'documentTooLarge' && !isOpen) continue
    const provoke = provocations[failure]
    if (provoke === undefined) throw new Error(`nothing provokes ${failure}`)
    const reply = await ledger.call(provoke(await succeeding(described), ledger)).finally(() => vi.useRealTimers())
    const code = failures[failure as keyof typeof failures] // the document names those of the table
    expect([id, reply.status, reply.json]).toMatchObject([
      id,
      statuses[code],
      { error: { code, innerError: { code: failure } } },
    ])
    expectHeaders(described, reply)
  }
})

const SUCCESSES: Readonly<Record<string, Call['headers']>> = {
  200: {},
  201: {},
  204: { prefer: 'return=minimal' },
}

test.each(ids)('%s is seen with every success that it documents, and its headers', async (id) => {
  const described = find(id)
  for (const status of Object.keys(described.operation.responses).filter((one) => one < '400')) {
    const call = await succeeding(described)
    const tag = status === '304' ? (await ledger.call(call)).headers.get('etag') : undefined
    const headers = status === '304' ? { 'if-none-match': tag ?? '' } : SUCCESSES[status]
    const reply = await ledger.call({ ...call, headers: { ...call.headers, ...headers } })
    expect([id, reply.status]).toEqual([id, Number(status)])
    expectHeaders(described, reply)
    const content = described.operation.responses[status]?.content
    expect(reply.text === '').toBe(content === undefined)
    const [type] = reply.headers.get('content-type')?.split(';') ?? []
    expect(Object.keys(content ?? {})).toEqual(type === undefined ? [] : [type])
  }
})

test('the headers of repeatability and preferences are answered where they are documented', async () => {
  const create = find('managedTenantOperationResults.create')
  const headers = {
    prefer: 'return=minimal',
    'repeatability-request-id': '3b7c9e10-58a2-4f6d-b1e4-90c5a7d2f836',
    'repeatability-first-sent': 'Mon, 23 Nov 2026 10:55:47 GMT',
  }
  const reply = await ledger.call({ ...(await succeeding(create)), headers })
  expect(documentedHeaders(create, 204).filter((name) => !reply.headers.has(name))).toEqual([])
})
