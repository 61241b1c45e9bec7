import { BatchRequestContent, type BatchResponseBody, BatchResponseContent } from '@microsoft/microsoft-graph-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Issuer, startIssuer } from '../../local/identity'
import { mintToken } from '../../local/mintToken'
import { httpRequest, operation, result } from '../api/samples'
import { type Processes, startProcesses } from '../faults/processes'

// What Microsoft's own client for JavaScript makes of a batch, and reads from the answer.

let issuer: Issuer
let processes: Processes
let url: string

beforeAll(async () => {
  issuer = await startIssuer()
  processes = startProcesses()
  const { endpoint, key } = await processes.store()
  const served = await processes.service({
    ...{ COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key },
    ...{ AUTH_AUTHORITY: issuer.authority, AUTH_AUDIENCE: issuer.audience },
  })
  url = served.url
})
afterAll(async () => {
  processes.stop()
  await issuer.close()
})

const base = 'https://graph.microsoft.com'
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  new Request(base + path.replace('/beta', ''), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

// The client sends a token over https alone, so what it makes is sent past it.
const sendBatch = async (content: BatchRequestContent): Promise<BatchResponseContent> => {
  const response = await fetch(`${url}/beta/$batch`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${mintToken()}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(await content.getContent()),
  })
  return new BatchResponseContent((await response.json()) as BatchResponseBody) // the client's own name for it
}

test('requests side by side are answered each by its id', async () => {
  const content = new BatchRequestContent([
    { id: '1', request: post(operation.path, operation.body) },
    { id: '2', request: post(result.path, result.body, { Prefer: 'return=minimal' }) },
    { id: '3', request: post(httpRequest.path, { ...httpRequest.body, attempt: 'x' }) },
    { id: '4', request: new Request(`${base}/managedTenantOperations?$top=1`) },
  ])
  const answers = await sendBatch(content)
  expect(['1', '2', '3', '4'].map((id) => answers.getResponseById(id).status)).toEqual([201, 204, 400, 200])
  expect(await answers.getResponseById('1').json()).toMatchObject({ name: operation.body.name })
  expect(answers.getResponseById('2').headers.get('location')).toContain(result.path)
  expect(await answers.getResponseById('3').json()).toMatchObject({ error: { target: 'attempt' } })
})

test('requests that depend on each other run in their order', async () => {
  const created = new BatchRequestContent([{ id: '1', request: post(operation.path, operation.body) }])
  const { id } = (await (await sendBatch(created)).getResponseById('1').json()) as { id: string }
  const item = `${base}/managedTenantOperations/${id}`
  const body = JSON.stringify({ name: 'changed' })
  const content = new BatchRequestContent([
    {
      id: 'change',
      request: new Request(item, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body }),
    },
    { id: 'read', request: new Request(item), dependsOn: ['change'] },
    { id: 'delete', request: new Request(item, { method: 'DELETE' }), dependsOn: ['read'] },
    { id: 'gone', request: new Request(item), dependsOn: ['delete'] },
    { id: 'never', request: new Request(item), dependsOn: ['gone'] },
  ])
  const answers = await sendBatch(content)
  const statuses = [...answers.getResponses()].map(([key, response]) => [key, response.status])
  expect(statuses).toEqual([
    ['change', 200],
    ['read', 200],
    ['delete', 204],
    ['gone', 404],
    ['never', 424],
  ])
  expect(await answers.getResponseById('read').json()).toMatchObject({ name: 'changed' })
})
