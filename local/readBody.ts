import type { IncomingMessage } from 'node:http'

/** What a function gets of a body, or that the client left before it was sent. */
export type ReadBody = { readonly body: Buffer | undefined } | 'gone'

/** More than any function accepts: of a longer one the function is told the length alone, so that memory stays flat. */
const MAX_BODY = 8_400_000

/** Reads the body of a request. The platform hands over none that comes in chunks, and neither does this. */
export const readBody = (request: IncomingMessage): Promise<ReadBody> => {
  const length = Number(request.headers['content-length'] ?? 0)
  if (request.headers['transfer-encoding'] !== undefined || length === 0) {
    // Read and thrown away, or the client would still be sending when the answer comes.
    request.resume()
    return Promise.resolve({ body: undefined })
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    if (length > MAX_BODY) request.resume()
    else request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => resolve({ body: length > MAX_BODY ? undefined : whole(chunks) }))
    request.once('error', () => resolve('gone'))
    request.once('close', () => resolve('gone'))
    // Closed while it waited for its turn: no event tells of it any more.
    if (request.destroyed) resolve('gone')
  })
}

const whole = (chunks: readonly Buffer[]): Buffer | undefined =>
  chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
