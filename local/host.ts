import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import * as z from 'zod'
import { type App, type Log, loadApp } from './app'
import type { Certificate } from './certificates'
import { closeGently, trackSockets } from './closeGently'
import { type Incoming, invoke, type Outgoing } from './invoke'
import { joinHeaders } from './joinHeaders'
import { listen } from './listen'
import { ownText, type Texts } from './ownText'
import { newPace, type Pace, type PaceOptions } from './pace'
import {
  MAX_CONTENT_LENGTH,
  platformPath,
  refuse,
  refusedWith,
  refuseUnreadable,
  SERVER_OPTIONS,
  unreadableStatus,
} from './platformLimits'
import { readBody } from './readBody'
import { type Match, routeTable } from './routes'
import { parseTarget, type Target } from './target'

/** A running stand-in for the Functions host. */
export interface Host {
  readonly url: string
  /** Stops accepting, finishes requests in flight within ten seconds, and calls the app's terminate hooks. */
  readonly close: () => Promise<void>
}

/** What the host runs and where; a port 0 is any free one. */
export interface HostOptions {
  readonly folder?: string
  readonly port?: number
  readonly log?: Log
  readonly pace?: PaceOptions
  /** Serves over TLS, as `localhost`. */
  readonly certificate?: Certificate | undefined
  /** What the host answers itself, without the app. */
  readonly texts?: Texts
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
export const startHost = async (options: HostOptions = {}): Promise<Host> => {
  const { folder = 'dist', port = 0, log = toStderr, pace = {}, certificate, texts = {} } = options
  const { http } = Settings.parse(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8'))).extensions
  const app = loadApp(folder, log)
  const find = routeTable(app.functions, http.routePrefix)
  const server = createServerWith(certificate)
  const scheme = certificate === undefined ? 'http' : 'https'
  const serving = { app, find, log, server, headers: http.customHeaders, enter: newPace(pace), scheme, texts }
  const listener = (request: IncomingMessage, response: ServerResponse) => void serve(serving, request, response)
  server.on('request', listener)
  // The platform ignores the Expect header.
  server.on('checkExpectation', listener)
  server.on('connect', ({ url = '' }, socket: Socket) => refuseUnreadable(socket, url.startsWith('/') ? 404 : 400))
  server.on('clientError', (error, socket: Socket) => {
    const status = unreadableStatus(error)
    if (status === undefined) socket.destroy()
    else refuseUnreadable(socket, status)
  })
  return running(server, app, port)
}

// An idle connection must not delay stopping.
const HANDSHAKE_MS = 5000

const createServerWith = (certificate: Certificate | undefined): Server | TlsServer =>
  certificate === undefined
    ? createServer(SERVER_OPTIONS)
    : createTlsServer({ ...SERVER_OPTIONS, ...certificate, handshakeTimeout: HANDSHAKE_MS })

const running = async (server: Server | TlsServer, app: App, port: number): Promise<Host> => {
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
  readonly enter: Pace
  readonly scheme: string
  readonly texts: Texts
}

const serve = async (serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { url = '', method = '' } = request
  const target = parseTarget(url)
  const refused =
    refusedWith(request) ?? (target === 400 ? 400 : platformPath(typeof target === 'number' ? '' : target.path))
  if (refused !== undefined) {
    refuse(request, response, refused)
    return
  }
  const text = typeof target === 'number' ? undefined : ownText(serving.texts, request, target.path)
  if (text !== undefined) {
    send(serving, request, response, text)
    return
  }
  const match = typeof target === 'number' ? undefined : serving.find(method, target.path)
  if (typeof target === 'number' || match === undefined) {
    request.resume()
    sendEmpty(serving, response, typeof target === 'number' ? target : 404)
    return
  }
  try {
    const outgoing = await answer(serving, request, target, match)
    if (outgoing !== undefined) send(serving, request, response, outgoing)
  } catch (error) {
    serving.log(`the host failed: ${error instanceof Error ? error.stack : String(error)}`)
    response.destroy()
  }
}

const TOO_LONG: Outgoing = { status: 500, headers: {}, body: undefined }

const answer = async (serving: Serving, request: IncomingMessage, target: Target, match: Match) => {
  if (Number(request.headers['content-length'] ?? 0) > MAX_CONTENT_LENGTH) {
    serving.log(`Request body too large: more than ${MAX_CONTENT_LENGTH} bytes.`)
    request.resume()
    return TOO_LONG
  }
  const leave = await serving.enter()
  try {
    const read = await readBody(request)
    if (read === 'gone') return undefined
    const incoming: Incoming = {
      method: request.method ?? '',
      url: `${serving.scheme}://${request.headers.host ?? '127.0.0.1'}${target.raw.replaceAll('#', '%23')}`,
      query: target.query.replaceAll('#', '%23'),
      headers: joinHeaders(request.rawHeaders),
      body: read.body,
    }
    return await invoke(serving.app, match, incoming, serving.log)
  } finally {
    leave()
  }
}

// The platform sends a function's response in chunks, without Content-Length even for HEAD.
const send = (serving: Serving, request: IncomingMessage, response: ServerResponse, outgoing: Outgoing): void => {
  const { status, headers, body } = outgoing
  const bodiless = status === 204 || status === 304
  response.writeHead(status, {
    ...withHeaders(headers, serving.headers),
    ...(!bodiless && request.httpVersion === '1.1' && { 'Transfer-Encoding': 'chunked' }),
    ...(!serving.server.listening && { Connection: 'close' }),
  })
  response.end(bodiless ? undefined : body)
}

// Header names are case-insensitive, but keys of an object are not.
const withHeaders = (headers: Outgoing['headers'], added: Outgoing['headers']): Record<string, string> => {
  const names = new Set(Object.keys(added).map((name) => name.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()))), ...added }
}

const sendEmpty = (serving: Serving, response: ServerResponse, status: number): void => {
  response.writeHead(status, {
    ...serving.headers,
    'Content-Length': 0,
    ...(!serving.server.listening && { Connection: 'close' }),
  })
  response.end()
}
