import type { HttpRequest } from '@azure/functions'
import { ApiError } from '../errors'

/** Bytes of a request body: a document ends at 2 MB in Cosmos DB, and the service adds to what was sent. */
export const MAX_BODY_BYTES = 1_900_000

const checkContentType = (header: string | null): void => {
  const [type, ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  if (type === 'application/json' && (charset === undefined || charset === 'utf-8' || charset === 'utf8')) return
  throw new ApiError('unsupportedContentType', "The Content-Type must be 'application/json', in UTF-8.", {
    target: 'Content-Type',
  })
}

const checkEncoding = (header: string | null): void => {
  if (header === null || header.trim().toLowerCase() === 'identity') return
  throw new ApiError('unsupportedContentEncoding', 'The body must not be encoded: send it without Content-Encoding.', {
    target: 'Content-Encoding',
  })
}

const tooLarge = (): ApiError =>
  new ApiError('payloadTooLarge', `The request body must not be larger than ${MAX_BODY_BYTES} bytes.`, {
    target: 'Content-Length',
  })

const utf8 = new TextDecoder('utf-8', { fatal: true })

const invalidJson = (reason: string, cause: unknown): ApiError =>
  new ApiError('invalidJson', `The request body is not valid JSON: ${reason}.`, { cause })

const decode = (bytes: ArrayBuffer): string => {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw invalidJson('it is not UTF-8', cause)
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // The engine's message quotes the body; only the position in it is repeated.
    const position = cause instanceof SyntaxError ? /position (\d+)/.exec(cause.message)?.[1] : undefined
    throw invalidJson(
      position === undefined ? 'it ends too early or has a stray character' : `see character ${Number(position) + 1}`,
      cause,
    )
  }
}

/** The body of a request: its JSON value, and its length as it was sent. */
export interface Body {
  readonly value: unknown
  readonly bytes: number
}

/** Reads the JSON of a request's body. Throws 400, 411, 413 or 415. */
export const readJson = async (request: HttpRequest): Promise<Body> => {
  const { headers } = request
  checkContentType(headers.get('content-type'))
  checkEncoding(headers.get('content-encoding'))
  if (Number(headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const bytes = await request.arrayBuffer()
  if (bytes.byteLength > MAX_BODY_BYTES) throw tooLarge()
  if (bytes.byteLength > 0) return { value: parse(decode(bytes)), bytes: bytes.byteLength }
  if (/chunked/i.test(headers.get('transfer-encoding') ?? '')) {
    throw new ApiError(
      'chunkedPayload',
      'A chunked body does not arrive here: buffer the body and send Content-Length.',
      {
        target: 'Transfer-Encoding',
      },
    )
  }
  throw new ApiError('emptyPayload', 'The request body is empty: send a JSON object.')
}
