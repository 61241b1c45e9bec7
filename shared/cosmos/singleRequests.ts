import { NO_TOKEN } from '../account/credential'
import type { Regions, Use } from '../account/regions'
import { isMoving, isRefused, OTHER_REGION, readThrown } from './outcome'
import { notePage, type QueryRequest, withoutGrouping } from './queryPages'

/** Name of the error that replaces one on which the SDK would retry; the original is its cause. */
export const NO_ANSWER = 'NoAnswerError'

/** How requests find their region. */
export interface Steering {
  readonly regions: Regions
  /** Milliseconds without any answer after which a region counts as silent. */
  readonly patience: number
  /** Fetches the account's description again; never rejects. */
  readonly describe: () => Promise<unknown>
}

// What a plugin of the SDK sees of a request. The SDK sends it to whatever address stands in `endpoint`.
interface Sent extends QueryRequest {
  endpoint: string
  readonly path: string
  readonly operationType: string
}

interface Received {
  readonly code: number
  readonly headers?: Readonly<Record<string, unknown>>
  readonly result: unknown
}

type Next = (request: Sent) => Promise<Received>

/**
 * A plugin that keeps the SDK from retrying: failures on which it would are hidden from it, so that nothing is sent
 * after our deadline. A query of a split partition, which the SDK would retry for ever without yielding, is sent again
 * by us and finds the new partitions. With several regions the plugin also chooses the region.
 */
export function singleRequests(steering: Steering | undefined) {
  return (request: Sent, _node: unknown, next: Next): Promise<Received> =>
    steering === undefined ? sendOnce(request, next) : sendTo(steering, request, next)
}

async function sendTo({ regions, patience, describe }: Steering, request: Sent, next: Next): Promise<Received> {
  const use = useOf(request)
  // The account may have moved writing to another region since it described itself.
  if (use === 'write' && !regions.hasWell(use)) await describe()
  const region = regions.choose(request.endpoint, use)
  request.endpoint = region
  const start = performance.now()
  const answers = regions.answers(region)
  try {
    const received = await sendOnce(request, next)
    regions.answered(region, use)
    if (use === 'account') regions.learn(received.result)
    return received
  } catch (error) {
    const cause = error instanceof Error && error.name === NO_ANSWER ? error.cause : error
    const isSilent = performance.now() - start >= patience && regions.answers(region) === answers
    judge(regions, region, use, cause, isSilent)
    throw isRefused(cause) && regions.hasWell(use) ? hide(refusedHere(cause)) : error
  }
}

async function sendOnce(request: Sent, next: Next): Promise<Received> {
  try {
    const received = await next(request)
    checkContent(received)
    notePage(request, received)
    return withoutGrouping(request, received)
  } catch (error) {
    throw isRetried(error) && !isSplitBatch(request, error) ? hide(error) : error
  }
}

// Records what a failure means for its region. One that answers other requests meanwhile is not down.
function judge(regions: Regions, region: string, use: Use, cause: unknown, isSilent: boolean): void {
  const { name = '', code, substatus } = readThrown(cause)
  const isAnswer = typeof code === 'number' && code < 500 && code !== 408 && (code !== 410 || isSplit(substatus))
  if (name === NO_TOKEN) return
  if (isRefused(cause)) regions.failed(region, 'everything', true)
  else if (name === 'AbortError' || name === 'TimeoutError') {
    if (isSilent) regions.failed(region, 'everything', true)
  } else if (isMoving(cause)) regions.failed(region, use, true)
  else if (isAnswer) regions.answered(region, use)
  else regions.failed(region, use, false)
}

const SPLITS: readonly (number | undefined)[] = [1002, 1007]

/**
 * Whether a batch request failed because its partition splits: then the SDK finds the new ones, and sends it to them.
 */
export function isSplitBatch({ operationType }: Pick<Sent, 'operationType'>, error: unknown): boolean {
  const { code, substatus } = readThrown(error)
  return operationType === 'batch' && code === 410 && isSplit(substatus)
}

// A partition was split or is being split: learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb.
function isSplit(substatus: number | undefined): boolean {
  return SPLITS.includes(substatus)
}

function useOf({ path, operationType }: Sent): Use {
  if (path === '') return 'account'
  return operationType === 'read' || operationType === 'query' ? 'read' : 'write'
}

// Treats an empty 2xx as a failure: the SDK would take one for an empty page of a query. Only 204 has no body.
function checkContent({ code, result }: Received): void {
  if (code !== 204 && (typeof result !== 'object' || result === null)) throw new Error('the response has no content')
}

const RETRIED: readonly (number | string | undefined)[] = [410, 503]

function isRetried(error: unknown): boolean {
  const { code } = readThrown(error)
  return typeof code !== 'number' || RETRIED.includes(code) || isMoving(error)
}

function refusedHere(cause: unknown): Error {
  return Object.assign(new Error('the region refuses connections', { cause }), { name: OTHER_REGION })
}

function hide(cause: unknown): Error {
  return Object.assign(new Error('the store did not answer', { cause }), { name: NO_ANSWER })
}
