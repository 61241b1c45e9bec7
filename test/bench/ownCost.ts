import { createRequire } from 'node:module'
import type { HttpHandler, HttpResponseInit, InvocationContext } from '@azure/functions'
import { readExamples } from '../../local/examples'
import { mintToken } from '../../local/mintToken'
import type { JsonObject } from '../../shared/basics/isObject'
import { endpoints } from '../../shared/http/register'
import { median } from './statistics'
import { servicesWithoutStore, stored } from './withoutStore'
import '../../functions/managedTenantOperationHttpRequests'

// What our checks cost beyond the template's function, both without a store and both through the library's own
// conversion of requests and responses. One line of JSON: microseconds for each batch.

// Only `app` and its kin can be imported by name from this CommonJS package.
const { HttpRequest, HttpResponse } = createRequire(import.meta.url)(
  '@azure/functions',
) as typeof import('@azure/functions')

const BATCHES = 40
const REQUESTS = 1000
const NAME = 'managedTenantOperationHttpRequestsCreate'

const example = readExamples().find(({ name }) => name === NAME)
const endpoint = endpoints.find(({ name }) => name === NAME)
if (example === undefined || endpoint === undefined) throw new Error(`there is no ${NAME}`)
const bytes = Buffer.from(JSON.stringify(example.body))
const headers = {
  authorization: `Bearer ${mintToken()}`,
  'content-type': 'application/json',
  'content-length': String(bytes.length),
}
const services = servicesWithoutStore(process.argv[3] ?? '', process.argv[4] ?? '')

const invocation = {
  functionName: NAME,
  info: () => undefined,
  error: (line: string) => process.stderr.write(`${line}\n`),
}
const ours: HttpHandler = (request) => endpoint.handler(request, invocation, () => services)
const template: HttpHandler = async (request): Promise<HttpResponseInit> => {
  const record = (await request.json()) as JsonObject // as the template does
  return { status: 201, jsonBody: (await stored(record)).document }
}

const send = async (handler: HttpHandler): Promise<void> => {
  const url = `http://127.0.0.1:7071${example.path}`
  const request = new HttpRequest({ method: 'POST', url, headers, params: { version: 'beta' }, body: { bytes } })
  const init = (await handler(request, {} as InvocationContext)) as HttpResponseInit // neither uses the context
  if (init.status !== 201) throw new Error(`the answer was ${init.status}`)
  await new HttpResponse(init).arrayBuffer()
}

const batch = async (handler: HttpHandler): Promise<number> => {
  const start = process.cpuUsage()
  for (let count = 0; count < REQUESTS; count += 1) await send(handler)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / REQUESTS
}

const differences: number[] = []
const costs: { ours: number; template: number }[] = []
for (let round = 0; round < BATCHES; round += 1) {
  const cost =
    round % 2 === 0
      ? { template: await batch(template), ours: await batch(ours) }
      : { ours: await batch(ours), template: await batch(template) }
  // The first batches warm the compiler up.
  if (round < BATCHES / 4) continue
  costs.push(cost)
  differences.push(cost.ours - cost.template)
}
console.log(
  JSON.stringify({
    ours: median(costs.map((cost) => cost.ours)),
    template: median(costs.map((cost) => cost.template)),
    differences,
  }),
)
process.exit(0)
