import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { closeServer, listen } from '../../local/listen'
import { planOf, type Sql, toSql } from './plan'

type Document = Readonly<Record<string, unknown>>

/** A physical partition: its range of effective partition keys, and the documents that a query finds there. */
export interface Partition {
  readonly id: string
  readonly min: string
  readonly max: string
  readonly documents: readonly Document[]
}

/** A request that the gateway was sent. `range` is the physical partition that it names. */
export interface Asked {
  readonly kind: 'plan' | 'direct' | 'partition' | 'ranges' | 'other'
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
  /** Documents of one page of one partition. */
  pageSize: number
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

const compare = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)

// Of a WHERE only the position of the page counts here: all else holds for what a test puts into the partitions.
const behind = (documents: readonly Document[], { order, direction, position }: Sql, asked: Asked): Document[] => {
  const values = position.map((name) => asked.parameters.find((parameter) => parameter.name === name)?.value)
  const sign = direction === 'DESC' ? -1 : 1
  const distance = (document: Document, than: readonly unknown[]): number =>
    sign *
    (order.map((name, index) => compare(document[name], than[index])).find((difference) => difference !== 0) ?? 0)
  const left = values.length === 0 ? documents : documents.filter((document) => distance(document, values) > 0)
  return left.toSorted((a, b) =>
    distance(
      a,
      order.map((name) => b[name]),
    ),
  )
}

const rowsOf = (documents: readonly Document[], asked: Asked, countParts: number): readonly unknown[] => {
  const sql = toSql(asked.text)
  if (sql.counts) {
    const parts = Array.from({ length: countParts }, (_, index) =>
      index === 0 ? documents.length - countParts + 1 : 1,
    )
    return asked.kind === 'direct' ? parts : parts.map((item) => [{ item }])
  }
  const rows = behind(documents, sql, asked).slice(0, sql.top)
  if (asked.kind === 'direct') return rows
  const items = (document: Document) => sql.order.map((name) => ({ item: document[name] }))
  return rows.map((document) => ({ _rid: document._rid, orderByItems: items(document), payload: document }))
}

const pageOf = (gateway: Gateway, asked: Asked, request: IncomingMessage): Answer => {
  const { partitions, pageSize, countParts } = gateway
  const partition = partitions.find(({ id }) => asked.kind === 'direct' || id === asked.range)
  // 1002: the partition was split or merged. learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb
  if (partition === undefined) return refusal({ status: 410, substatus: 1002 })
  const rows = rowsOf(partition.documents, asked, countParts)
  const from = Number(header(request, 'x-ms-continuation') ?? 0)
  const to = from + Math.min(pageSize, Number(header(request, 'x-ms-max-item-count') ?? 100))
  const continuation: Record<string, string> = to < rows.length ? { 'x-ms-continuation': String(to) } : {}
  const Documents = rows.slice(from, to)
  return { status: 200, body: { _rid: 'rows', Documents, _count: Documents.length }, headers: continuation }
}

const answer = (gateway: Gateway, asked: Asked, request: IncomingMessage): Answer => {
  const refused = gateway.refuse(asked)
  if (refused !== undefined) return refusal(refused)
  if (asked.kind === 'plan') return { status: 200, body: planOf(asked.text) }
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
  const gateway: Gateway = {
    endpoint: await listen(server, 0),
    asked: [],
    partitions: [],
    pageSize: 1000,
    countParts: 1,
    refuse: () => undefined,
    close: () => closeServer(server),
  }
  return gateway
}
