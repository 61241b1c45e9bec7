import { createRequire } from 'node:module'
import type { HttpResponseInit } from '@azure/functions'
import { mintToken } from '../../local/mintToken'
import { endpoints } from '../../shared/http/register'
import { largeBodies } from './largeBodies'
import { median } from './statistics'
import { servicesWithoutStore } from './withoutStore'
import '../../functions/delegatedAdminRelationshipRequests'
import '../../functions/managedTenantOperationHttpRequests'
import '../../functions/managedTenantOperations'

// What one large body costs, alone in a process of its own, without a store. One line of JSON: milliseconds of
// processor time, and the megabytes by which the process grew.

// Only `app` and its kin can be imported by name from this CommonJS package.
const { HttpRequest, HttpResponse } = createRequire(import.meta.url)(
  '@azure/functions',
) as typeof import('@azure/functions')

const ROUNDS = 5

const [, , , authority = '', audience = '', name = ''] = process.argv
const body = largeBodies.find((each) => each.name === name)
if (body === undefined) throw new Error(`there is no body '${name}'`)
const services = servicesWithoutStore(authority, audience)
const endpoint = endpoints.find(
  ({ container, methods }) => container === body.sample.container && methods.includes('POST'),
)
if (endpoint === undefined) throw new Error(`nothing creates '${body.sample.name}'`)
const functionName = endpoint.name

const invocation = { functionName, info: () => undefined, error: (line: string) => process.stderr.write(`${line}\n`) }

const send = async (text: string): Promise<number> => {
  const bytes = Buffer.from(text)
  const headers = {
    authorization: `Bearer ${mintToken()}`,
    'content-type': 'application/json',
    'content-length': String(bytes.length),
  }
  const url = `http://127.0.0.1:7071${body.sample.path}`
  const relationship = /delegatedAdminRelationships\/([^/]+)/.exec(url)?.[1] ?? ''
  const params = { version: 'beta', delegatedAdminRelationshipId: relationship }
  const request = new HttpRequest({ method: 'POST', url, headers, params, body: { bytes } })
  const init = (await endpoint.handler(request, invocation, () => services)) as HttpResponseInit // as the handler says
  await new HttpResponse(init).arrayBuffer()
  return init.status ?? 200
}

await send(JSON.stringify(body.sample.body))
const before = process.resourceUsage().maxRSS
const costs: number[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  const start = process.cpuUsage()
  const status = await send(body.text)
  const { user, system } = process.cpuUsage(start)
  if (status !== body.status) throw new Error(`'${name}' was answered ${status}`)
  costs.push((user + system) / 1000)
}
const grown = (process.resourceUsage().maxRSS - before) / 1000
console.log(JSON.stringify({ name, status: body.status, milliseconds: median(costs), megabytes: grown }))
process.exit(0)
