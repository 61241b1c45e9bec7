import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { closeServer, listen } from '../../local/listen'
import { groupRows, toGrouped } from './grouped'
import { planOf } from './plan'

type Document = Readonly<Record<string, unknown>>

/** What befalls a region; a status is answered to everything, `403/3` to writes alone. */
export type Outage = 'hangs' | 'resets' | 'refuses' | '403/3' | 410 | 503

/** A region of the account: a gateway of its own. What it stores the others have at once. */
export interface Region {
  readonly name: string
  readonly endpoint: string
  /** What it was sent: `account`, `read`, `query` and the like. */
  readonly asked: string[]
  fail(outage: Outage): Promise<void>
  heal(): Promise<void>
}

/** A scripted account of two regions; its own address is that of the first. */
export interface Account {
  readonly endpoint: string
  readonly first: Region
  readonly second: Region
  readonly documents: Map<string, Document>
  /** Names of the regions that take writes. */
  writable: readonly string[]
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly substatus?: number
}

export async function startAccount(): Promise<Account> {
  const documents = new Map<string, Document>()
  const asked = new Map<string, string[]>()
  let version = 0

  const serve = async (name: string, request: IncomingMessage, body: string): Promise<Answer> => {
    const kind = kindOf(request)
    asked.get(name)?.push(kind)
    if (kind === 'account') return { status: 200, body: describe(account) }
    if (kind === 'container')
      return { status: 200, body: { id: 'c', partitionKey: { kind: 'Hash', paths: ['/partnerTenantId'] } } }
    if (kind === 'plan') return { status: 200, body: planOf(JSON.parse(body).query) }
    if (kind === 'query') {
      const grouped = toGrouped(JSON.parse(body).query)
      const all = [...documents.values()]
      const rows = grouped === undefined ? all : groupRows(all, grouped)
      return { status: 200, body: { _rid: 'r', Documents: rows, _count: rows.length } }
    }
    if (WRITES.has(kind) && !account.writable.includes(name)) return { status: 403, substatus: 3 }
    version += 1
    return point(documents, request, body, `"${version}"`)
  }

  const [first, second] = await Promise.all(
    ['West Europe', 'North Europe'].map((name) => {
      const own: string[] = []
      asked.set(name, own)
      return startRegion(name, own, serve)
    }),
  )
  if (first === undefined || second === undefined) throw new Error('there are two')
  const account: Account = {
    endpoint: first.endpoint,
    first,
    second,
    documents,
    writable: [first.name],
    close: async () => {
      await Promise.all([first.fail('refuses'), second.fail('refuses')])
    },
  }
  return account
}

const WRITES: ReadonlySet<string> = new Set(['create', 'replace', 'delete'])
const METHODS: Readonly<Record<string, string>> = { GET: 'read', POST: 'create', PUT: 'replace', DELETE: 'delete' }

function kindOf({ method = '', url = '', headers }: IncomingMessage): string {
  if (url === '/') return 'account'
  if (headers['x-ms-cosmos-is-query-plan-request'] !== undefined) return 'plan'
  if (headers['x-ms-documentdb-isquery'] !== undefined) return 'query'
  return /\/docs(\/[^/]+)?$/.test(url) ? (METHODS[method] ?? 'other') : 'container'
}

// As Cosmos DB describes an account to its SDKs.
function describe({ first, second, writable }: Account): object {
  const locations = [first, second].map(({ name, endpoint }) => ({ name, databaseAccountEndpoint: `${endpoint}/` }))
  return {
    id: 'ledger',
    readableLocations: locations,
    writableLocations: locations.filter(({ name }) => writable.includes(name)),
    enableMultipleWriteLocations: writable.length > 1,
    userConsistencyPolicy: { defaultConsistencyLevel: 'BoundedStaleness' },
  }
}

function point(documents: Map<string, Document>, request: IncomingMessage, body: string, etag: string): Answer {
  const sent: Document = body === '' ? {} : JSON.parse(body)
  const id = request.method === 'POST' ? String(sent.id) : ((request.url ?? '').split('/').at(-1) ?? '')
  const there = documents.get(id)
  if (request.method === 'POST' && there !== undefined) return { status: 409 }
  if (request.method !== 'POST' && there === undefined) return { status: 404 }
  if (request.method === 'GET') return { status: 200, body: there }
  const condition = request.headers['if-match']
  if (condition !== undefined && condition !== there?._etag) return { status: 412 }
  if (request.method === 'DELETE') {
    documents.delete(id)
    return { status: 204 }
  }
  const stored = { ...sent, _etag: etag }
  documents.set(id, stored)
  return { status: request.method === 'POST' ? 201 : 200, body: stored }
}

type Serve = (name: string, request: IncomingMessage, body: string) => Promise<Answer>

async function startRegion(name: string, asked: string[], serve: Serve): Promise<Region> {
  let outage: Outage | undefined
  const server: Server = createServer((request, response) => {
    void handle(request, response)
  })
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    if (outage === 'hangs' || outage === 'resets' || typeof outage === 'number')
      asked.push(`${kindOf(request)} in vain`)
    if (outage === 'hangs') return
    if (outage === 'resets') return void request.socket.resetAndDestroy()
    if (typeof outage === 'number') return send(response, { status: outage })
    if (outage === '403/3' && WRITES.has(kindOf(request))) return send(response, { status: 403, substatus: 3 })
    send(response, await serve(name, request, body))
  }
  const endpoint = await listen(server, 0)
  return {
    name,
    endpoint,
    asked,
    fail: async (what) => {
      outage = what
      if (what === 'refuses') await closeServer(server)
    },
    heal: async () => {
      outage = undefined
      if (!server.listening) await listen(server, Number(new URL(endpoint).port))
    },
  }
}

function send(response: ServerResponse, { status, body, substatus }: Answer): void {
  const headers = { 'content-type': 'application/json', 'x-ms-request-charge': '1' }
  response.writeHead(status, { ...headers, ...(substatus !== undefined && { 'x-ms-substatus': String(substatus) }) })
  response.end(status === 204 ? undefined : JSON.stringify(body ?? { code: String(status), message: 'refused' }))
}
