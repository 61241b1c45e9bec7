import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { findJsonError } from '../basics/jsonPosition'
import { ApiError, MAX_BODY_BYTES } from '../errors'
import { type ContentEncoding, parseContentHeaders, payloadTooLarge } from '../headers/content'
import type { Body } from '../verbs/verb'
import type { Request } from './request'

/** Reads the JSON of a request's body, at most `maximum` bytes of it, decoded. Throws 400, 411, 413 or 415. */
export async function readBody(
  { headers, body }: Pick<Request, 'headers' | 'body'>,
  maximum = MAX_BODY_BYTES,
): Promise<Body> {
  const encoding = parseContentHeaders(headers, maximum)
  const content = await body()
  if (content === undefined) throw emptyPayload()
  if ('value' in content) return carried(content, encoding, maximum)
  if (content.byteLength > maximum) throw payloadTooLarge(maximum)
  if (content.byteLength === 0)
    throw /chunked/i.test(headers.get('transfer-encoding') ?? '') ? chunked() : emptyPayload()
  const bytes = encoding === 'gzip' ? await inflate(content, maximum) : content
  if (bytes.byteLength === 0) throw emptyPayload()
  return { value: parse(decode(bytes)), bytes: bytes.byteLength }
}

// What stands in another body is encoded with that, or not at all.
function carried(body: Body, encoding: ContentEncoding, maximum: number): Body {
  if (body.bytes > maximum) throw payloadTooLarge(maximum)
  if (encoding === 'identity') return body
  throw new ApiError('unsupportedContentEncoding', 'A body within a batch is not encoded by itself.', {
    target: 'Content-Encoding',
  })
}

const inflateBytes = promisify(gunzip)

// Inflated no further than allowed, whatever a small body may grow to, and outside the event loop.
async function inflate(bytes: ArrayBuffer, maximum: number): Promise<Uint8Array> {
  try {
    return await inflateBytes(bytes, { maxOutputLength: maximum })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ERR_BUFFER_TOO_LARGE') throw payloadTooLarge(maximum)
    const reason = code === 'Z_BUF_ERROR' ? 'it ends too early' : 'it is damaged'
    throw new ApiError('invalidEncoding', `The request body is not valid gzip: ${reason}.`, {
      target: 'Content-Encoding',
      cause,
    })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw invalidJson('it is not UTF-8', cause)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const position = findJsonError(text)
    const reason = position >= text.length ? 'it ends too early' : `see character ${position + 1}`
    throw invalidJson(reason, cause)
  }
}

function invalidJson(reason: string, cause: unknown): ApiError {
  return new ApiError('invalidJson', `The request body is not valid JSON: ${reason}.`, { cause })
}

function emptyPayload(): ApiError {
  return new ApiError('emptyPayload', 'The request body is empty: send a JSON object.')
}

function chunked(): ApiError {
  const message = 'The platform drops a chunked body: buffer the body and send Content-Length.'
  return new ApiError('chunkedPayload', message, { target: 'Transfer-Encoding' })
}
