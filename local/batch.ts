import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Collection, type Operation, operations } from './embedded'

/** The answer of the database to a batch request. */
export interface BatchAnswer {
  readonly status: number
  readonly body: unknown
}

/** Whether a request to the database is a batch of operations. */
export const isBatch = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && isTrue(headers['x-ms-cosmos-is-batch-request'])

// learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch: at most 100 operations.
const MAX_OPERATIONS = 100

/**
 * Carries out a batch as Cosmos DB does, where the package's own handler forgets what it has done: together, so that
 * where one operation fails none was made and all others are failed dependencies (424); or one by one, the rest 424
 * after a failure unless the client wants to continue. 200 where all succeed, else 207.
 */
export const answerBatch = async (collection: Collection, request: IncomingMessage): Promise<BatchAnswer> => {
  const given: unknown = JSON.parse(await text(request))
  if (!Array.isArray(given) || given.length === 0) return refusal('Request body is not an array of operations')
  if (given.length > MAX_OPERATIONS) return refusal(`Batch request has more operations than ${MAX_OPERATIONS}`)
  const unknown = given.find((one: Partial<Operation>) => operations[String(one?.operationType)] === undefined)
  if (unknown !== undefined) return refusal('Batch request has an operation of an unknown type')
  const { headers } = request
  const isAtomic = isTrue(headers['x-ms-cosmos-batch-atomic'])
  // An atomic batch is about one partition, which its header names and its operations do not.
  const partitionKey = headers['x-ms-documentdb-partitionkey']
  const all = given.map((one: Operation) => ({ ...one, partitionKey: one.partitionKey ?? String(partitionKey) }))
  const stops = isAtomic || !isTrue(headers['x-ms-cosmos-batch-continue-on-error'])
  const restore = isAtomic ? snapshot(collection) : undefined
  const results = runAll(collection, all, { stops, isMinimal: headers.prefer === 'return=minimal' })
  const hasFailed = results.some(({ statusCode }) => statusCode >= 400)
  if (!hasFailed || restore === undefined) return { status: hasFailed ? 207 : 200, body: results }
  restore()
  return { status: 207, body: results.map((result) => (result.statusCode < 400 ? DEPENDENT : result)) }
}

interface Result {
  readonly statusCode: number
  readonly requestCharge: number
  readonly eTag?: unknown
  readonly resourceBody?: unknown
}

const DEPENDENT: Result = { statusCode: 424, requestCharge: 0 }

const isTrue = (header: string | readonly string[] | undefined): boolean => String(header).toLowerCase() === 'true'

const refusal = (message: string): BatchAnswer => ({ status: 400, body: { code: 'BadRequest', message } })

const runAll = (
  collection: Collection,
  all: readonly Operation[],
  { stops, isMinimal }: { readonly stops: boolean; readonly isMinimal: boolean },
): Result[] => {
  let hasFailed = false
  return all.map((operation) => {
    if (hasFailed && stops) return DEPENDENT
    const { statusCode, body } = run(collection, operation)
    if (statusCode >= 400) {
      hasFailed = true
      return { statusCode, requestCharge: 1 }
    }
    const hasContent = body !== undefined && !(isMinimal && operation.operationType !== 'Read')
    return { statusCode, requestCharge: 1, eTag: body?._etag, ...(hasContent && { resourceBody: body }) }
  })
}

const run = (collection: Collection, operation: Operation) => {
  try {
    return operations[operation.operationType]?.(collection, operation) ?? { statusCode: 400 }
  } catch {
    return { statusCode: 500 }
  }
}

const snapshot = ({ documents }: Collection): (() => void) => {
  const { _data: data, _index: index } = documents
  const [dataBefore, indexBefore] = [new Map(data), new Map(index)]
  return () => Object.assign(documents, { _data: dataBefore, _index: indexBefore })
}
