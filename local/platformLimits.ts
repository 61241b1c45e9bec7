import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

// What the platform's web server (Kestrel) refuses before the Functions host sees it, always with an empty body:
// learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits, and seen on the real
// one.
const MAX_REQUEST_LINE = 8192
const MAX_HEADERS = 100
const MAX_HEADER_BYTES = 32_768

/** FUNCTIONS_REQUEST_BODY_SIZE_LIMIT of the Functions host; a longer body is an empty 500. */
export const MAX_CONTENT_LENGTH = 104_857_600

/**
 * The limit of Node's parser. It does not say what was too long and refuses some requests that the platform accepts, so
 * it is higher than the platform's limit.
 */
export const SERVER_OPTIONS = { maxHeaderSize: 262_144, insecureHTTPParser: true } as const

/** The status with which the platform itself refuses a request; undefined where the Functions host gets it. */
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

/** Names and values of headers, in order. */
export const pairs = (raw: readonly string[]): (readonly [name: string, value: string])[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))

/** A header value as a string (Node decodes it as Latin-1); undefined where it is not UTF-8. */
export const decodeHeader = (value: string): string | undefined => {
  if (!/[\x80-\xff]/.test(value)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return undefined
  }
}

const isHost = (host: string): boolean => /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)

// A target in absolute form must match the Host header and the scheme of the connection.
const isElsewhere = (target: string, host: string): boolean => {
  const authority = /^(https?):\/\/([^/?#]*)/i.exec(target)
  if (authority === null) return false
  const [, scheme = '', name = ''] = authority
  return scheme.toLowerCase() === 'https' || withoutPort80(name) !== withoutPort80(host)
}

const withoutPort80 = (host: string): string => host.toLowerCase().replace(/:80$/, '')

/** Paths of the platform itself, which need a key of the host that no client has. */
export const platformPath = (path: string): number | undefined => {
  if (/^\/admin\/host\/ping\/?$/i.test(path)) return 200
  return /^\/(admin|runtime\/webhooks)(\/|$)/i.test(path) ? 401 : undefined
}

/** Answers like the platform's web server: no body, none of the app's headers, and the connection closes. */
export const refuse = (request: IncomingMessage, response: ServerResponse, status: number): void => {
  request.resume()
  response.writeHead(status, { 'Content-Length': 0, Connection: 'close' })
  response.end()
}

/** Answers what Node's parser could not parse, and CONNECT, which it does not treat as a request. */
export const refuseUnreadable = (socket: Socket, status: number): void => {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  socket.end(`HTTP/1.1 ${status} \r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
}

const REQUEST_LINE = /^[!#$%&'*+\-.^_`|~\w]+ \S+ HTTP\/1\.[01]\r?\n/

/** The status for what Node's parser could not parse; undefined where the client is gone. */
export const unreadableStatus = (error: Error & { code?: string; rawPacket?: Buffer }): number | undefined => {
  switch (error.code) {
    case 'ECONNRESET':
      return undefined
    case 'HPE_INVALID_METHOD':
      // A method that no function lists.
      return REQUEST_LINE.test(error.rawPacket?.toString('latin1') ?? '') ? 404 : 400
    case 'HPE_HEADER_OVERFLOW':
      // Node does not say whether the request line or the headers were too long; only a line beyond its own limit gets
      // here.
      return 431
    case 'HPE_INVALID_VERSION':
      return 505
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408
    default:
      return 400
  }
}
