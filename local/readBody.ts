import type { IncomingMessage } from 'node:http'

/** What a function gets of a body, or that the client left before it was sent. */
export type ReadBody = { readonly body: Buffer | undefined } | 'gone'

/** More than any function accepts: what declares more is not read, and the function is told its length alone. */
const MAX_BODY = 4_000_000

/** Reads the body of a request. The platform hands over none that comes in chunks, and neither does this. */
export const readBody = (request: IncomingMessage): Promise<ReadBody> => {
  const length = Number(request.headers['content-length'] ?? 0)
  if (request.headers['transfer-encoding'] !== undefined || length === 0 || length > MAX_BODY) {
    // Read and thrown away, or the client would still be sending when the answer comes.
    request.resume()
    return Promise.resolve({ body: undefined })
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => resolve({ body: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks) }))
    request.once('error', () => resolve('gone'))
    request.once('close', () => resolve('gone'))
  })
}
