import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { closeServer, listen } from '../../local/listen'

type Members = Readonly<Record<string, unknown>>

/** One request to the store, as it went over the wire. */
export interface Sent {
  readonly kind: 'plan' | 'query' | 'ranges' | 'container' | 'read' | 'create' | 'replace' | 'delete' | 'other'
  readonly container: string | undefined
  /** Value of the partition key header. */
  readonly partitionKey: readonly unknown[] | undefined
  readonly query: string
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[]
  readonly ifMatch: string | undefined
  readonly body: string
}

/** A loopback proxy between the SDK and the embedded database that writes down what it sees. */
export interface Wire {
  readonly endpoint: string
  readonly sent: Sent[]
  /** Awaited before a request is passed on. */
  before: (sent: Sent) => Promise<void> | undefined
  /** Changes a document on its way to the service. */
  tamper: (document: Members) => Members
  /** Forgets what was sent, runs, and returns what was sent then. */
  watch(run: () => Promise<unknown>): Promise<Sent[]>
  close(): Promise<void>
}

const METHODS: Readonly<Record<string, Sent['kind']>> = {
  GET: 'read',
  POST: 'create',
  PUT: 'replace',
  DELETE: 'delete',
}

const kindOf = ({ method = '', url = '', headers }: IncomingMessage): Sent['kind'] => {
  if (headers['x-ms-cosmos-is-query-plan-request'] !== undefined) return 'plan'
  if (headers['x-ms-documentdb-isquery'] !== undefined) return 'query'
  if (url.endsWith('/pkranges')) return 'ranges'
  if (/\/docs(\/[^/]+)?$/.test(url)) return METHODS[method] ?? 'other'
  return /\/colls\/[^/]+$/.test(url) ? 'container' : 'other'
}

const parse = (json: string | undefined): Members => (json === undefined || json === '' ? {} : JSON.parse(json))

const toSent = (request: IncomingMessage, body: string): Sent => {
  const { url = '', headers } = request
  const kind = kindOf(request)
  const partitionKey = headers['x-ms-documentdb-partitionkey']?.toString()
  // The body of a query is one object with these members.
  const { query = '', parameters = [] } = (kind === 'plan' || kind === 'query' ? parse(body) : {}) as Partial<Sent>
  return {
    kind,
    container: /\/colls\/([^/]+)/.exec(url)?.[1],
    partitionKey: partitionKey === undefined ? undefined : JSON.parse(partitionKey),
    query,
    parameters,
    ifMatch: headers['if-match'],
    body,
  }
}

const tampered = (wire: Wire, { kind }: Sent, body: string): string => {
  if (kind !== 'query' && kind !== 'read' && kind !== 'replace') return body
  const answer = parse(body)
  const { Documents } = answer
  if (!Array.isArray(Documents)) return JSON.stringify(wire.tamper(answer))
  const documents = Documents.map((row) => (typeof row === 'object' ? wire.tamper(row) : row))
  return JSON.stringify({ ...answer, Documents: documents })
}

const HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'])

const pass = async (wire: Wire, target: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await text(request)
  const sent = toSent(request, body)
  wire.sent.push(sent)
  await wire.before(sent)
  const entries = Object.entries(request.headers).filter(([name]) => !HOP.has(name))
  const answer = await fetch(`${target}${request.url}`, {
    method: request.method ?? 'GET',
    headers: entries.map(([name, value]): [string, string] => [name, String(value)]),
    ...(body === '' ? {} : { body }),
  })
  const answered = await answer.text()
  const headers = [...answer.headers].filter(([name]) => !HOP.has(name))
  response.writeHead(answer.status, Object.fromEntries(headers))
  response.end(answer.ok && answered !== '' ? tampered(wire, sent, answered) : answered)
}

export const startWire = async (target: string): Promise<Wire> => {
  const origin = target.replace(/\/$/, '')
  const server = createServer((request, response) => {
    pass(wire, origin, request, response).catch(() => response.destroy())
  })
  const sent: Sent[] = []
  const wire: Wire = {
    endpoint: await listen(server, 0),
    sent,
    before: () => undefined,
    tamper: (document) => document,
    watch: async (run) => {
      sent.length = 0
      await run()
      return [...sent]
    },
    close: () => closeServer(server),
  }
  return wire
}
