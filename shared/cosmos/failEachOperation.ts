import { isSplitBatch, NO_ANSWER } from './singleRequests'

// What a plugin of the SDK sees of an operation: of a batch request the operations are its body.
interface Request {
  readonly operationType: string
  readonly body?: unknown
}

interface Received {
  readonly code: number
  readonly result: unknown
  readonly headers?: object
}

/**
 * A plugin of the SDK that makes of a batch request that failed as a whole the failure of each of its operations: the SDK
 * may have made several requests of what it was given, and would throw away what became of the others. After a split of
 * the partition it sends the operations anew.
 */
export async function failEachOperation(
  request: Request,
  _node: unknown,
  next: (request: Request) => Promise<Received>,
): Promise<Received> {
  const { operationType, body } = request
  try {
    return await next(request)
  } catch (error) {
    if (operationType !== 'batch' || !Array.isArray(body) || isSplitBatch(request, error)) throw error
    const failed = error instanceof Error && error.name === NO_ANSWER ? error.cause : error
    return { code: 207, result: body.map(() => ({ failed })), headers: {} }
  }
}
