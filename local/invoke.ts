import { type App, coreContext, type HttpData, type Log } from './app'
import type { Match } from './routes'

/** A request as the platform hands it to the Node worker. */
export interface Incoming {
  readonly method: string
  readonly url: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

/** What a function answered. */
export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

/** Runs a function between its hooks, as the platform's Node worker does. A failure is an empty 500. */
export const invoke = async (app: App, match: Match, incoming: Incoming, log: Log): Promise<Outgoing> => {
  const { metadata } = match.found
  try {
    return await run(app, match, incoming, log)
  } catch (error) {
    log(`${metadata.name} failed: ${error instanceof Error ? error.stack : String(error)}`)
    return { status: 500, headers: {}, body: undefined }
  }
}

const run = async (app: App, match: Match, incoming: Incoming, log: Log): Promise<Outgoing> => {
  const { metadata, callback } = match.found
  const inputData = [{ name: match.trigger, data: { http: toHttp(incoming, match.params) } }]
  const model = app.model.getInvocationModel(coreContext(metadata, { inputData }, log))
  const { context, inputs } = await model.getArguments()
  const hookData = {}
  const before = { hookData, invocationContext: context, functionCallback: callback, inputs }
  await app.runHooks('preInvocation', before)
  const after: { result: unknown; error: unknown } & Record<string, unknown> = {
    hookData,
    invocationContext: context,
    inputs: before.inputs,
    result: null,
    error: null,
  }
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback)
  } catch (error) {
    after.error = error
  }
  await app.runHooks('postInvocation', after)
  if (after.error instanceof Error) throw after.error
  const { returnValue } = await model.getResponse(context, after.result)
  return toOutgoing(returnValue?.http)
}

const toHttp = ({ method, url, query, headers, body }: Incoming, params: Match['params']) => ({
  method,
  url,
  headers,
  params,
  query: query === '' ? {} : toQuery(query),
  ...(body !== undefined && { body: { bytes: body } }),
})

// The platform joins an option that is given several times into one value.
const toQuery = (query: string): Record<string, string> => {
  const merged: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    merged[name] = Object.hasOwn(merged, name) ? `${merged[name]},${value}` : value
  }
  return merged
}

const toOutgoing = (http: HttpData | undefined): Outgoing =>
  http === undefined
    ? { status: 204, headers: {}, body: undefined }
    : { status: Number(http.statusCode), headers: http.headers ?? {}, body: http.body?.bytes }
