import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { partsOf, send, statuses, verdicts, write } from './batches'
import { sendBulk } from './bulks'
import { httpRequest, operation, result } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const tenantOf = (number: number): string => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`

// An operation on three tenants, two of which have a result, and one of these an HTTP request.
const operate = async (): Promise<string> => {
  const target = { tenantIds: [1, 2, 3].map(tenantOf) }
  const { json } = await ledger.call({ path: operation.path, body: { ...operation.body, target } })
  const id = String(json.id)
  const more = { managedTenantOperationId: id }
  const results = [1, 2].map((number) => ({ ...result.body, ...more, targetTenantId: tenantOf(number) }))
  expect((await sendBulk(ledger, result, results)).json['@odata.count']).toBe(2)
  await sendBulk(ledger, httpRequest, [{ ...httpRequest.body, ...more, targetTenantId: tenantOf(1) }])
  return id
}

const TOTAL = 'aggregate($count as total)'

test('what leads on from an operation, its summary and $apply are answered in a batch as alone', async () => {
  const id = await operate()
  const urls = [
    ...[
      'results',
      'results?$top=1',
      `results?$filter=isSuccess and targetTenantId eq ${tenantOf(1)}`,
      'results/$count',
    ],
    ...['httpRequests', 'httpRequests/$count', `results?$apply=groupby((isSuccess),${TOTAL})`],
    ...['summary()', 'summary', 'summary()?$format=application/json;odata.metadata=none', 'summary(x=1)'],
    ...['summary()?$select=failures', `results?$apply=${TOTAL}&$top=1`],
  ].map((rest) => `${operation.path}/${id}/${rest}`)
  const other = `/v1.0/tenantRelationships/managedTenants/managedTenantOperations('${id}')/summary()`
  const all = [...urls, other, `${result.path}?$apply=filter(isSuccess)/${TOTAL}`]
  const reply = await send(
    ledger,
    all.map((url, index) => ({ id: `${index}`, method: 'GET', url })),
  )
  const alone = await Promise.all(all.map((path) => ledger.call({ path })))
  // An error names its own request.
  const plain = (text: unknown): string => JSON.stringify(text).replace(/"innerError":\{.*?\}/, '')
  for (const [index, { status, headers, text }] of alone.entries()) {
    const part = partsOf(reply)[index]
    expect([all[index], part?.status, part?.headers['Content-Type']]).toEqual([
      ...[all[index], status, headers.get('content-type')],
    ])
    expect(plain(part?.body)).toBe(plain(typeof part?.body === 'string' ? text : JSON.parse(text)))
  }
  expect(statuses(reply)).toEqual([...Array(10).fill(200), 404, 400, 400, 200, 200])
})

test('a summary counts what the batch has stored before it', async () => {
  const id = await operate()
  const more = { managedTenantOperationId: id, targetTenantId: tenantOf(3), isSuccess: false, exception: 'no' }
  const summary = { method: 'GET', url: `/managedTenantOperations/${id}/summary()` }
  const reply = await send(ledger, [
    { id: 'before', ...summary },
    write('result', 'POST', result.path, { ...result.body, ...more }, { dependsOn: ['before'] }),
    { id: 'after', ...summary, dependsOn: ['result'] },
  ])
  const [before, , after] = partsOf(reply).map(({ body }) => body)
  expect(before).toMatchObject({ tenantCount: 2, failedCount: 0, missingTenantIds: [tenantOf(3)], isComplete: false })
  expect(after).toMatchObject({ tenantCount: 3, failures: [{ tenantId: tenantOf(3), exception: 'no' }] })
  expect(after).toMatchObject({ missingCount: 0, isComplete: true, isPartial: false })
})

test('another partner finds nothing of it, and what is not the caller’s fails alone', async () => {
  const id = await operate()
  const urls = ['results', 'httpRequests/$count', 'summary()'].map((rest) => `/managedTenantOperations/${id}/${rest}`)
  const requests = [...urls, '/managedTenantOperations'].map((url, index) => ({ id: `${index}`, method: 'GET', url }))
  const missing = [404, 'notFound', 'unknownResource']
  const reply = await send(ledger, requests, { token: { tenant: OTHER_TENANT } })
  expect(verdicts(reply)).toEqual([missing, missing, missing, [200]])
})
