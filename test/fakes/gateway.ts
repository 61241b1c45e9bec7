import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { closeServer, listen } from '../../local/listen'
import { groupRows, toGrouped } from './grouped'
import { planOf } from './plan'
import { rowsOf } from './rows'

/** A document of a partition. */
export type Document = Readonly<Record<string, unknown>>

/** A physical partition: its range of effective partition keys, and the documents that a query finds there. */
export interface Partition {
  readonly id: string
  readonly min: string
  readonly max: string
  readonly documents: readonly Document[]
}

/** A request that the gateway was sent. `range` is the physical partition that it names. */
export interface Asked {
  readonly kind: 'plan' | 'direct' | 'partition' | 'ranges' | 'read' | 'other'
  readonly range: string | undefined
  readonly text: string
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[]
  readonly partitionKey: string | undefined
}

/** A refusal in place of the answer. */
export interface Refusal {
  readonly status: number
  readonly substatus?: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface Gateway {
  readonly endpoint: string
  readonly asked: Asked[]
  /** What is there from now on. */
  partitions: readonly Partition[]
  /** What a read of one document finds. */
  document: Document | undefined
  /** Documents of one page of one partition. */
  pageSize: number
  /** Whether each page, but the last, is followed by an empty one. */
  gaps: boolean
  /** Changes a query plan before it is answered. */
  replan: (plan: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
  /** How many numbers one partition counts in. */
  countParts: number
  /** Looks at a request before it is answered. */
  refuse: (asked: Asked) => Refusal | undefined
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const CHARGE = '2.5'

const refusal = ({ status, substatus, headers }: Refusal): Answer => ({
  status,
  body: { code: String(status), message: 'refused' },
  headers: { ...headers, ...(substatus === undefined ? {} : { 'x-ms-substatus': String(substatus) }) },
})

const header = ({ headers }: IncomingMessage, name: string): string | undefined => headers[name]?.toString()

const kindOf = (request: IncomingMessage): Asked['kind'] => {
  if (header(request, 'x-ms-cosmos-is-query-plan-request') !== undefined) return 'plan'
  if (request.url?.endsWith('/pkranges') === true) return 'ranges'
  if (request.method === 'GET' && request.url?.includes('/docs/') === true) return 'read'
  if (header(request, 'x-ms-documentdb-isquery') === undefined) return 'other'
  return header(request, 'x-ms-documentdb-partitionkeyrangeid') === undefined ? 'direct' : 'partition'
}

const toAsked = (request: IncomingMessage, body: string): Asked => {
  const sent = body === '' ? {} : (JSON.parse(body) as { query?: string; parameters?: Asked['parameters'] })
  return {
    kind: kindOf(request),
    range: header(request, 'x-ms-documentdb-partitionkeyrangeid'),
    text: sent.query ?? '',
    parameters: sent.parameters ?? [],
    partitionKey: header(request, 'x-ms-documentdb-partitionkey'),
  }
}

const ranges = (partitions: readonly Partition[]): Answer => ({
  status: 200,
  body: {
    _rid: 'ranges',
    PartitionKeyRanges: partitions.map(({ id, min, max }) => ({ id, minInclusive: min, maxExclusive: max })),
    _count: partitions.length,
  },
})

const pageOf = (gateway: Gateway, asked: Asked, request: IncomingMessage): Answer => {
  const { partitions, pageSize, countParts } = gateway
  const partition = partitions.find(({ id }) => asked.kind === 'direct' || id === asked.range)
  // 1002: the partition was split or merged. learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb
  if (partition === undefined) return refusal({ status: 410, substatus: 1002 })
  const grouped = toGrouped(asked.text)
  const rows = grouped === undefined ? rowsOf(partition.documents, asked, countParts) : partition.documents
  const [start = '0', gap] = (header(request, 'x-ms-continuation') ?? '0').split(' ')
  const from = Number(start)
  const to = gap === undefined ? from + Math.min(pageSize, Number(header(request, 'x-ms-max-item-count') ?? 100)) : from
  const next = gateway.gaps && gap === undefined ? `${to} gap` : String(to)
  const continuation: Record<string, string> = to < rows.length ? { 'x-ms-continuation': next } : {}
  const page = rows.slice(from, to)
  // A page of groups has those of so many documents.
  const Documents = grouped === undefined ? page : groupRows(partition.documents.slice(from, to), grouped)
  return { status: 200, body: { _rid: 'rows', Documents, _count: Documents.length }, headers: continuation }
}

const answer = (gateway: Gateway, asked: Asked, request: IncomingMessage): Answer => {
  const refused = gateway.refuse(asked)
  if (refused !== undefined) return refusal(refused)
  if (asked.kind === 'plan') return { status: 200, body: gateway.replan(planOf(asked.text)) }
  if (asked.kind === 'read')
    return gateway.document === undefined ? refusal({ status: 404 }) : { status: 200, body: gateway.document }
  if (asked.kind === 'ranges') return ranges(gateway.partitions)
  const isServed = asked.kind === 'partition' || (asked.kind === 'direct' && asked.partitionKey !== undefined)
  if (isServed) return pageOf(gateway, asked, request)
  if (asked.kind === 'other') return { status: 200, body: { id: 'container', partitionKey: { kind: 'MultiHash' } } }
  const message = 'The provided cross partition query can not be directly served by the gateway.'
  return {
    status: 400,
    body: { code: 'BadRequest', message, additionalErrorInfo: JSON.stringify(planOf(asked.text)) },
    headers: { 'x-ms-substatus': '1004' },
  }
}

const respond = async (gateway: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const asked = toAsked(request, await text(request))
  gateway.asked.push(asked)
  const { status, body, headers } = answer(gateway, asked, request)
  response.writeHead(status, { 'content-type': 'application/json', 'x-ms-request-charge': CHARGE, ...headers })
  response.end(JSON.stringify(body))
}

/**
 * Plays a real account for queries that the gateway of Cosmos DB does not serve by itself: it refuses them with 400
 * and substatus 1004, and serves the query plan, the partition key ranges, and the rewritten query by partition. What
 * comes with a partition key it serves from the first partition.
 */
export const startGateway = async (): Promise<Gateway> => {
  const server = createServer((request, response) => {
    void respond(gateway, request, response)
  })
  // Never closes an idle connection: a request might be under way on it.
  server.keepAliveTimeout = 0
  const gateway: Gateway = {
    endpoint: await listen(server, 0),
    asked: [],
    partitions: [],
    document: undefined,
    pageSize: 1000,
    gaps: false,
    replan: (plan) => plan,
    countParts: 1,
    refuse: () => undefined,
    close: () => closeServer(server),
  }
  return gateway
}
