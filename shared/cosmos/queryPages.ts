import { isObject } from '../basics/isObject'

/** The part of a request of the SDK that matters here; it may belong to a query. */
export interface QueryRequest {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly options?: { readonly abortSignal?: AbortSignal | undefined }
  readonly partitionKeyRangeId?: string | undefined
}

interface Received {
  readonly result: unknown
  readonly headers?: Readonly<Record<string, unknown>>
}

const CONTINUATION = 'x-ms-continuation'
const IS_QUERY = 'x-ms-documentdb-isquery'
const IS_QUERY_PLAN = 'x-ms-cosmos-is-query-plan-request'

interface Progress {
  /** The partitions that have another page. */
  readonly unfinished: Set<string>
  rows: number
}

// Requests of one query share the signal that ends it.
const queries = new WeakMap<AbortSignal, Progress>()

/** Whether the SDK has read every partition that it asked to the end, and `rows` is the number of all rows that came. */
export function isWhole(signal: AbortSignal, rows: number): boolean {
  const progress = queries.get(signal)
  return progress?.unfinished.size === 0 && progress.rows === rows
}

/** Records a page of a query. */
export function notePage({ headers, options, partitionKeyRangeId = '' }: QueryRequest, received: Received): void {
  const signal = options?.abortSignal
  if (signal === undefined || headers?.[IS_QUERY] === undefined) return
  const progress = queries.get(signal) ?? { unfinished: new Set(), rows: 0 }
  const { result } = received
  if (isObject(result) && Array.isArray(result.Documents)) progress.rows += result.Documents.length
  // An empty continuation is none.
  if (received.headers?.[CONTINUATION]) progress.unfinished.add(partitionKeyRangeId)
  else progress.unfinished.delete(partitionKeyRangeId)
  queries.set(signal, progress)
}

/**
 * What a request received; a query plan without the part that has the SDK merge groups. The SDK stops merging at the first
 * empty page, and returns counts that are too small (4.9.3). Without that part it returns the rows of each partition.
 */
export function withoutGrouping<T extends Received>({ headers }: QueryRequest, received: T): T {
  const { result } = received
  if (headers?.[IS_QUERY_PLAN] === undefined || !isObject(result) || !isObject(result.queryInfo)) return received
  const { groupByExpressions } = result.queryInfo
  if (!Array.isArray(groupByExpressions) || groupByExpressions.length === 0) return received
  const nothing = { groupByExpressions: [], groupByAliases: [], groupByAliasToAggregateType: {}, aggregates: [] }
  return { ...received, result: { ...result, queryInfo: { ...result.queryInfo, ...nothing } } }
}
