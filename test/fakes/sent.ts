import type { IncomingMessage } from 'node:http'

/** What the SDK asks the store for. */
export type Kind =
  | 'container'
  | 'create'
  | 'read'
  | 'replace'
  | 'delete'
  | 'batch'
  | 'query'
  | 'plan'
  | 'ranges'
  | 'other'

/** One request to the store, as it went over the wire. */
export interface Sent {
  readonly kind: Kind
  readonly container: string | undefined
  /** Value of the partition key header. */
  readonly partitionKey: readonly unknown[] | undefined
  readonly query: string
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[]
}

const METHODS: Readonly<Record<string, Kind>> = { GET: 'read', POST: 'create', PUT: 'replace', DELETE: 'delete' }

const kindOf = ({ method = '', url = '', headers }: IncomingMessage): Kind => {
  if (headers['x-ms-cosmos-is-query-plan-request'] !== undefined) return 'plan'
  if (headers['x-ms-documentdb-isquery'] !== undefined) return 'query'
  if (url.endsWith('/pkranges')) return 'ranges'
  if (headers['x-ms-cosmos-is-batch-request'] !== undefined) return 'batch'
  if (/\/docs(\/[^/]+)?$/.test(url)) return METHODS[method] ?? 'other'
  return /\/colls\/[^/]+$/.test(url) ? 'container' : 'other'
}

/** Tells what the SDK asks for. */
export const toSent = (request: IncomingMessage, body: Buffer): Sent => {
  const kind = kindOf(request)
  const partitionKey = request.headers['x-ms-documentdb-partitionkey']?.toString()
  const isQuery = kind === 'plan' || kind === 'query'
  // The body of a query is one object with these members.
  const { query = '', parameters = [] } = (isQuery ? JSON.parse(body.toString()) : {}) as Partial<Sent>
  return {
    kind,
    container: /\/colls\/([^/]+)/.exec(request.url ?? '')?.[1],
    partitionKey: partitionKey === undefined ? undefined : JSON.parse(partitionKey),
    query,
    parameters,
  }
}
