import { createServer, type IncomingMessage } from 'node:http'
import { CosmosClient } from '@azure/cosmos'
import { listen } from '../../local/listen'

// What remains when everything but HTTP and the SDK is taken away.
const { COSMOS_ENDPOINT: endpoint = '', COSMOS_KEY: key = '' } = process.env
const database = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } }).database(
  'ledger',
)

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // a request without an encoding yields buffers
  return Buffer.concat(chunks)
}

const create = async (container: string, request: IncomingMessage): Promise<unknown> => {
  const { resource } = await database
    .container(container)
    .items.create(JSON.parse((await readBody(request)).toString()))
  return resource
}

const PAGE = 'SELECT TOP 101 * FROM c WHERE c.partnerTenantId = @t'
const ORDER = 'ORDER BY c.createdDateTime DESC, c.id DESC'

const page = async (container: string, tenant: string, filter: string | null): Promise<unknown> => {
  const parameters = [{ name: '@t', value: tenant }, ...(filter === null ? [] : [{ name: '@f', value: filter }])]
  const query = filter === null ? `${PAGE} ${ORDER}` : `${PAGE} AND c.partnerUserId = @f ${ORDER}`
  const { resources } = await database
    .container(container)
    .items.query({ query, parameters }, { partitionKey: tenant })
    .fetchAll()
  return { value: resources.slice(0, 100) }
}

const answer = async (request: IncomingMessage): Promise<unknown> => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const [container = '', tenant = '', id] = url.pathname.split('/').slice(1)
  if (request.method === 'POST') return create(container, request)
  if (id === undefined) return page(container, tenant, url.searchParams.get('user'))
  return (await database.container(container).item(id, tenant).read()).resource
}

const server = createServer(async (request, response) => {
  const body = JSON.stringify(await answer(request))
  response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(body)
})
console.log(JSON.stringify({ url: await listen(server, 0) }))
