import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answerBatch, isBatch } from './batch'
import { type EmbeddedAccount, findRoute, newAccount, type Params } from './embedded'
import { closeServer, listen } from './listen'
import { type Account, provision } from './provision'

/** A running database with the containers of the service. */
export interface LocalDatabase extends Account {
  readonly close: () => Promise<void>
}

/** The default name of the database. */
export const DATABASE = 'ledger'

/**
 * Starts the embedded database on loopback, in memory, and creates the containers. Corrects its differences from
 * Cosmos DB that matter to the service.
 */
export const startDatabase = async ({ port = 0, name = DATABASE } = {}): Promise<LocalDatabase> => {
  const server = createServer((request, response) => {
    void respond(account, request, response)
  })
  // Like Cosmos DB it leaves closing a connection to the client, which might be writing to it at that moment.
  server.keepAliveTimeout = 0
  const endpoint = await listen(server, port)
  const account = newAccount(new URL(endpoint))
  const database = { endpoint, key: Buffer.from('no secret').toString('base64') }
  await provision(database, name)
  return { ...database, close: () => closeServer(server) }
}

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

// learn.microsoft.com/azure/cosmos-db/concepts-limits: the largest size of an item.
const MAX_DOCUMENT = 2 * 1024 * 1024

const respond = async (account: EmbeddedAccount, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { status, body, headers } = await answer(account, request, response)
  response.statusCode = status
  response.setHeader('content-type', 'application/json')
  response.setHeader('x-ms-activity-id', randomUUID())
  response.setHeader('x-ms-request-charge', '1')
  const etag = etagOf(body)
  if (etag !== undefined) response.setHeader('etag', etag)
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
  // An unread body would precede the next request on this connection.
  request.resume()
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

const answer = async (
  account: EmbeddedAccount,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer> => {
  const route = findRoute(request)
  if (route === undefined) return refusal(400, 'BadRequest', 'no such address')
  const [params, handler] = route
  const refused = refuse(account, request, params)
  if (refused !== undefined) return refused
  // `If-Match: *` means any version; the handlers would compare it as a tag.
  if (request.headers['if-match'] === '*') delete request.headers['if-match']
  try {
    const { dbId = '', collId = '' } = params
    if (isBatch(request)) return await answerBatch(account.database(dbId).collection(collId), request)
    const body = await handler(account, request, response, params)
    return { status: response.statusCode, body }
  } catch (error) {
    // The handler of a point read throws for a missing document.
    if (request.method === 'GET' && params.docId !== undefined) return refusal(404, 'NotFound', 'no such document')
    return refusal(500, 'InternalServerError', error instanceof Error ? error.message : 'unknown')
  }
}

const refuse = (account: EmbeddedAccount, request: IncomingMessage, params: Params): Answer | undefined => {
  const { dbId, collId, docId } = params
  if (collId === undefined) return undefined
  if (dbId === undefined || account.database(dbId).collection(collId).read() === undefined) {
    // 1003 distinguishes a missing container from a missing document.
    return { ...refusal(404, 'NotFound', 'no such container'), headers: { 'x-ms-substatus': '1003' } }
  }
  if (request.headers['x-ms-cosmos-is-query-plan-request'] !== undefined) {
    // The embedded database would run the whole query; the SDK works without a plan after this answer.
    return refusal(400, 'BadRequest', 'this store makes no query plans')
  }
  const writes = request.method === 'PUT' || request.method === 'POST' || docId !== undefined
  if (writes && Number(request.headers['content-length'] ?? 0) > MAX_DOCUMENT) {
    return refusal(413, 'RequestEntityTooLarge', 'Request size is too large')
  }
  return undefined
}

const refusal = (status: number, code: string, message: string): Answer => ({ status, body: { code, message } })

const etagOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && '_etag' in body && typeof body._etag === 'string'
    ? body._etag
    : undefined
