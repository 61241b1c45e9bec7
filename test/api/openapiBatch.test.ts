import { Ajv2020 } from 'ajv/dist/2020'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { type Part, partsOf, send, write } from './batches'
import { type Described, operationsOf, readOpenApi } from './openApiDocument'

let ledger: Ledger
let batch: Described
beforeAll(async () => {
  ledger = await startLedger()
  const found = operationsOf(await readOpenApi(ledger)).find(({ id }) => id === 'batch')
  if (found === undefined) throw new Error('the document has no batch')
  batch = found
})
afterAll(() => ledger.close())

const request = () => batch.operation.requestBody?.content['application/json']
const answer = () => batch.operation.responses[200]?.content?.['application/json']

const allows = (schema: object | undefined, value: unknown): boolean =>
  new Ajv2020({ strict: false, validateFormats: false }).compile(schema ?? false)(value)

// The parts of an answer that are always the same.
const shape = ({ id, status, headers, body }: Part) => [id, status, Object.keys(headers).sort(), typeof body]

test('the documented batch is answered as documented', async () => {
  const reply = await ledger.call({ path: `/beta${batch.path}`, body: request()?.example })
  expect(reply.status).toBe(200)
  expect(allows(answer()?.schema, reply.json)).toBe(true)
  expect(allows(answer()?.schema, answer()?.example)).toBe(true)
  const { responses } = Object(answer()?.example) as { responses: Part[] } // checked by its schema above
  expect(partsOf(reply).map(shape)).toEqual(responses.map(shape))
})

const count = (id: string, more: object = {}) => ({ id, method: 'GET', url: 'managedTenantOperations/$count', ...more })
const counts = (length: number) => Array.from({ length }, (_, index) => count(String(index)))
const without = (name: string) => [{ ...count('a'), [name]: undefined }]

test.each([
  ['no request', []],
  ['one', counts(1)],
  ['twenty', counts(20)],
  ['twenty-one', counts(21)],
  ['no id', without('id')],
  ['no method', without('method')],
  ['no url', without('url')],
  ['an empty id', [count('')]],
  ['an empty url', [count('a', { url: '' })]],
  ['a method in small letters', [count('a', { method: 'get' })]],
  ['a number as a header', [count('a', { headers: { accept: 1 } })]],
  ['a text as headers', [count('a', { headers: 'x' })]],
  ['a text as dependsOn', [count('a', { dependsOn: 'x' })]],
  ['a number in dependsOn', [count('a'), count('b', { dependsOn: [1] })]],
  ['dependsOn', [count('a'), count('b', { dependsOn: ['a'] })]],
  ['a body that is a text', [write('a', 'POST', 'managedTenantOperations', 'x')]],
])('a batch with %s is taken where the document allows it', async (_name, requests) => {
  const body: unknown = JSON.parse(JSON.stringify({ requests }))
  const { status } = await send(ledger, requests)
  expect(status).toBe(allows(request()?.schema, body) ? 200 : 400)
})
