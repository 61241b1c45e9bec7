import type { IncomingMessage } from 'node:http'

/** The body that a function gets, or `gone` where the client left before sending all of it. */
export type ReadBody = { readonly body: Buffer | undefined } | 'gone'

/** More than any function accepts. Of a longer body the function only gets the length, which saves memory. */
const MAX_BODY = 8_400_000

/** Reads the body of a request. Like the platform it drops a chunked body. */
export const readBody = (request: IncomingMessage): Promise<ReadBody> => {
  const length = Number(request.headers['content-length'] ?? 0)
  if (request.headers['transfer-encoding'] !== undefined || length === 0) {
    // Read and discarded, so that the client is not still sending when the answer arrives.
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
    // Closed while the request waited for its turn: the event has already fired.
    if (request.destroyed) resolve('gone')
  })
}

const whole = (chunks: readonly Buffer[]): Buffer | undefined =>
  chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
