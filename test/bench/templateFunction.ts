import { CosmosClient } from '@azure/cosmos'
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions'

// The shape of the official template: a client at the top, a body that is believed, no caller.
const client = new CosmosClient({
  endpoint: process.env.COSMOS_ENDPOINT ?? '',
  key: process.env.COSMOS_KEY ?? '',
  connectionPolicy: { enableEndpointDiscovery: false },
})

const createRecord = async (request: HttpRequest): Promise<HttpResponseInit> => {
  const record = (await request.json()) as Record<string, unknown> // as the template does
  const { resource } = await client
    .database('ledger')
    .container(request.params.container ?? '')
    .items.create(record)
  return { status: 201, jsonBody: resource }
}

app.http('createRecord', { methods: ['POST'], authLevel: 'anonymous', route: '{container}', handler: createRecord })
