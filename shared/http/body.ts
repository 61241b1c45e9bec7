import { findJsonError } from '../basics/jsonPosition'
import { ApiError, MAX_BODY_BYTES } from '../errors'
import { checkContentHeaders, payloadTooLarge } from '../headers/content'
import type { Body } from '../verbs/verb'
import type { Request } from './request'

/** Reads the JSON of a request's body. Throws 400, 411, 413 or 415. */
export async function readBody({ headers, body }: Pick<Request, 'headers' | 'body'>): Promise<Body> {
  checkContentHeaders(headers)
  const bytes = await body()
  if (bytes.byteLength > MAX_BODY_BYTES) throw payloadTooLarge()
  if (bytes.byteLength > 0) return { value: parse(decode(bytes)), bytes: bytes.byteLength }
  if (/chunked/i.test(headers.get('transfer-encoding') ?? '')) {
    const message = 'A chunked body does not arrive here: buffer the body and send Content-Length.'
    throw new ApiError('chunkedPayload', message, { target: 'Transfer-Encoding' })
  }
  throw new ApiError('emptyPayload', 'The request body is empty: send a JSON object.')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: ArrayBuffer): string {
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
