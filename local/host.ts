import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import * as z from 'zod'
import { type App, type Log, loadApp } from './app'
import { closeGently, trackSockets } from './closeGently'
import { type Incoming, invoke, type Outgoing } from './invoke'
import { listen } from './listen'
import { readBody } from './readBody'
import { routeTable } from './routes'
import { parseTarget } from './target'

/** A running stand-in for the Functions host. */
export interface Host {
  readonly url: string
  /** Stops accepting, finishes what was accepted within ten seconds, and tells the app. */
  readonly close: () => Promise<void>
}

/** What the host runs and where; a port 0 is any free one. */
export interface HostOptions {
  readonly folder?: string
  readonly port?: number
  readonly log?: Log
}

const Settings = z.object({
  extensions: z.object({
    http: z.object({
      routePrefix: z.string().default('api'),
      customHeaders: z.record(z.string(), z.string()).default({}),
    }),
  }),
})

const toStderr: Log = (line) => process.stderr.write(`${line}\n`)

/** Serves a deployable folder on loopback, as the Functions host and its Node worker would. */
export const startHost = async ({ folder = 'dist', port = 0, log = toStderr }: HostOptions = {}): Promise<Host> => {
  const { http } = Settings.parse(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8'))).extensions
  const app = loadApp(folder, log)
  const lowerCase = Object.entries(http.customHeaders).map(([name, value]) => [name.toLowerCase(), value])
  const headers = Object.fromEntries(lowerCase)
  const find = routeTable(app.functions, http.routePrefix)
  const server = createServer((request, response) => {
    void serve({ app, find, log, server, headers }, request, response)
  })
  const sockets = trackSockets(server)
  const hookData = {}
  await app.runHooks('appStart', { hookData })
  const url = await listen(server, port)
  const close = async () => {
    await closeGently(server, sockets)
    await app.runHooks('appTerminate', { hookData })
  }
  let closing: Promise<void> | undefined
  return {
    url,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

interface Serving {
  readonly app: App
  readonly find: ReturnType<typeof routeTable>
  readonly log: Log
  readonly server: { readonly listening: boolean }
  readonly headers: Readonly<Record<string, string>>
}

const serve = async (serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    const outgoing = await answer(serving, request)
    if (outgoing !== undefined) send(serving, response, outgoing)
  } catch (error) {
    serving.log(`the host failed: ${error instanceof Error ? error.stack : String(error)}`)
    response.destroy()
  }
}

const empty = (status: number): Outgoing => ({ status, headers: {}, body: undefined })

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

const answer = async (serving: Serving, request: IncomingMessage): Promise<Outgoing | undefined> => {
  const { method = '', url = '', headers } = request
  const host = headers.host ?? '127.0.0.1'
  const target = HOST.test(host) ? parseTarget(url) : 400
  const match = typeof target === 'number' ? undefined : serving.find(method, target.path)
  if (typeof target === 'number' || match === undefined) {
    request.resume()
    return empty(typeof target === 'number' ? target : 404)
  }
  const read = await readBody(request)
  if (read === 'gone') return undefined
  const incoming: Incoming = {
    method,
    url: `http://${host}${target.raw}`,
    query: target.query,
    headers: joinHeaders(request.rawHeaders),
    body: read.body,
  }
  return invoke(serving.app, match, incoming, serving.log)
}

// Node itself would drop all but the first of some headers; the platform joins every one.
const joinHeaders = (raw: readonly string[]): Record<string, string> => {
  const joined: Record<string, string> = {}
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? ''
    const value = raw[index + 1] ?? ''
    joined[name] = Object.hasOwn(joined, name) ? `${joined[name]},${value}` : value
  }
  return joined
}

const send = (serving: Serving, response: ServerResponse, { status, headers, body }: Outgoing): void => {
  const bodiless = status === 204 || status === 304
  response.writeHead(status, {
    ...serving.headers,
    ...headers,
    ...(!bodiless && { 'content-length': body?.length ?? 0 }),
    ...(!serving.server.listening && { connection: 'close' }),
  })
  response.end(bodiless ? undefined : body)
}
