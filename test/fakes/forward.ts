import { Agent, type IncomingMessage, STATUS_CODES, request as send } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** An answer of the store. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const agent = new Agent({ keepAlive: true })

/** Passes a request on to the store. */
export const forward = async (
  target: URL,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> => {
  const { hostname, port } = target
  const options = { agent, hostname, port, method, path: url, headers: { ...headers, host: target.host } }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    send(options, resolve).once('error', reject).end(body)
  })
  const kept = Object.entries(answer.headers).filter(([name]) => !/^(connection|keep-alive|transfer-.*)$/.test(name))
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body: await buffer(answer),
  }
}

/** An answer as it goes over the wire. */
export const rawOf = ({ status, headers, body }: Answer): Buffer => {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(([n, v]) => `${n}: ${v}`)
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n`),
    body,
  ])
}
