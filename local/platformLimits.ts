import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

// What the platform's web server (Kestrel) refuses before the Functions host sees it, always with an empty body:
// learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits, and seen on the real one.
const MAX_REQUEST_LINE = 8192
const MAX_HEADERS = 100
const MAX_HEADER_BYTES = 32_768

/** FUNCTIONS_REQUEST_BODY_SIZE_LIMIT of the Functions host; a longer body is an empty 500. */
export const MAX_CONTENT_LENGTH = 104_857_600

/**
 * Node's parser refuses what is longer without saying what it was, and some of what the platform takes; so it must take
 * more than is accepted.
 */
export const SERVER_OPTIONS = { maxHeaderSize: 262_144, insecureHTTPParser: true } as const

/** The status with which the platform refuses a request by itself; undefined where the Functions host sees it. */
export const refusedWith = ({
  method = '',
  url = '',
  httpVersion,
  rawHeaders,
}: IncomingMessage): number | undefined => {
  if (`${method} ${url} HTTP/1.1\r\n`.length > MAX_REQUEST_LINE) return 414
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 505
  const lines = pairs(rawHeaders)
  const bytes = lines.reduce((sum, [name, value]) => sum + name.length + value.length + ': \r\n'.length, 0)
  if (lines.length > MAX_HEADERS || bytes > MAX_HEADER_BYTES) return 431
  if (lines.some(([, value]) => decodeHeader(value) === undefined)) return 400
  const hosts = lines.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value)
  return hosts.length > 1 || !isHost(hosts[0] ?? '127.0.0.1') || isElsewhere(url, hosts[0] ?? '') ? 400 : undefined
}

/** Names and values of headers, in their order. */
export const pairs = (raw: readonly string[]): (readonly [name: string, value: string])[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))

/** The text of a header value, which Node hands over byte by byte; undefined where it is no UTF-8. */
export const decodeHeader = (value: string): string | undefined => {
  if (!/[\x80-\xff]/.test(value)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return undefined
  }
}

const isHost = (host: string): boolean => /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)

// A target in absolute form must say what Host says, over the connection that there is.
const isElsewhere = (target: string, host: string): boolean => {
  const authority = /^(https?):\/\/([^/?#]*)/i.exec(target)
  if (authority === null) return false
  const [, scheme = '', name = ''] = authority
  return scheme.toLowerCase() === 'https' || withoutPort80(name) !== withoutPort80(host)
}

const withoutPort80 = (host: string): string => host.toLowerCase().replace(/:80$/, '')

/** Paths that belong to the platform: nobody gets in without a key of the host, which no client has. */
export const platformPath = (path: string): number | undefined => {
  if (/^\/admin\/host\/ping\/?$/i.test(path)) return 200
  return /^\/(admin|runtime\/webhooks)(\/|$)/i.test(path) ? 401 : undefined
}

/** Answers like the platform's web server: no body, none of the app's headers, and the connection ends. */
export const refuse = (request: IncomingMessage, response: ServerResponse, status: number): void => {
  request.resume()
  response.writeHead(status, { 'Content-Length': 0, Connection: 'close' })
  response.end()
}

/** Answers what Node's parser could not read, and CONNECT, which is no request to it. */
export const refuseUnreadable = (socket: Socket, status: number): void => {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  socket.end(`HTTP/1.1 ${status} \r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
}

const REQUEST_LINE = /^[!#$%&'*+\-.^_`|~\w]+ \S+ HTTP\/1\.[01]\r?\n/

/** The status for what Node's parser could not read; undefined where nobody waits for one. */
export const unreadableStatus = (error: Error & { code?: string; rawPacket?: Buffer }): number | undefined => {
  switch (error.code) {
    case 'ECONNRESET':
      return undefined
    case 'HPE_INVALID_METHOD':
      // A method that no function lists.
      return REQUEST_LINE.test(error.rawPacket?.toString('latin1') ?? '') ? 404 : 400
    case 'HPE_HEADER_OVERFLOW':
      // Node does not say whether it was the line or the headers; only a line beyond its own limit comes here.
      return 431
    case 'HPE_INVALID_VERSION':
      return 505
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408
    default:
      return 400
  }
}
