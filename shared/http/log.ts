import * as z from 'zod'
import { lazy } from '../basics/lazy'
import type { Config } from '../config'

/** One line of the log: one request. Milliseconds, request units. No header, token or body is ever part of it. */
export interface LogLine {
  readonly time: string
  readonly function: string
  readonly method: string
  readonly status: number
  readonly duration: number
  readonly requestId: string
  readonly clientRequestId: string
  /** Id of the batch that the request came in. */
  readonly batchRequestId?: string | undefined
  readonly tenant?: string | undefined
  readonly error?: string | undefined
  readonly storeRequests?: number | undefined
  readonly storeCharge?: number | undefined
  readonly causes?: readonly Cause[] | undefined
}

const Thrown = lazy(() =>
  z.object({
    name: z.string().catch('Error'),
    code: z.union([z.string(), z.number()]).optional().catch(undefined),
    substatus: z.number().optional().catch(undefined),
    activityId: z.string().optional().catch(undefined),
    stack: z.string().optional().catch(undefined),
    message: z.string().catch(''),
    cause: z.unknown().optional(),
  }),
)

type Cause = Omit<z.infer<ReturnType<typeof Thrown>>, 'cause' | 'message'>

const MAX_CAUSES = 4

/** What the log says of an error and of its causes: never their messages. */
export function toCauses(thrown: unknown): Cause[] {
  const causes: Cause[] = []
  let next = thrown
  while (next !== undefined && next !== null && causes.length < MAX_CAUSES) {
    const parsed = Thrown().safeParse(next)
    if (!parsed.success) return [...causes, { name: typeof next }]
    const { cause, stack, message, ...rest } = parsed.data
    causes.push({ ...rest, stack: framesOf(stack, message) })
    next = cause
  }
  return causes
}

const LEVELS = ['debug', 'information', 'warning', 'error', 'none']

/** Where lines go: the invocation's own log, so that the platform relates them to the request. */
export interface LogTarget {
  info(line: string): void
  error(line: string): void
}

/** Writes the line of a request: as an error where the service failed, else as information. */
export function writeLog(target: LogTarget, line: LogLine, level: Config['logLevel']): void {
  const severity = line.status >= 500 ? 'error' : 'information'
  if (LEVELS.indexOf(severity) < LEVELS.indexOf(level)) return
  const text = JSON.stringify(line)
  if (severity === 'error') target.error(text)
  else target.info(text)
}

// The first lines of a stack contain the message, which may quote a document or a token. A line of the message that
// looks like a stack frame is removed with it.
function framesOf(stack: string | undefined, message: string): string | undefined {
  return stack
    ?.replace(message, () => '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}
