import { parse } from 'content-type'
import { ApiError, MAX_BODY_BYTES } from '../errors'

/** Throws 413 or 415 where the headers of a request say that its body cannot be taken. */
export function checkContentHeaders(headers: Headers): void {
  checkContentType(headers.get('content-type'))
  checkEncoding(headers.get('content-encoding'))
  if (Number(headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw payloadTooLarge()
}

/** The failure of a request whose body is too large. */
export function payloadTooLarge(): ApiError {
  return new ApiError('payloadTooLarge', `The request body must not be larger than ${MAX_BODY_BYTES} bytes.`, {
    target: 'Content-Length',
  })
}

function checkContentType(header: string | null): void {
  const { type, parameters } = parse(header ?? '')
  const charset = (parameters.charset ?? 'utf-8').toLowerCase()
  if (type === 'application/json' && (charset === 'utf-8' || charset === 'utf8')) return
  throw new ApiError('unsupportedContentType', "The Content-Type must be 'application/json', in UTF-8.", {
    target: 'Content-Type',
  })
}

function checkEncoding(header: string | null): void {
  if (header === null || header.trim().toLowerCase() === 'identity') return
  throw new ApiError('unsupportedContentEncoding', 'The body must not be encoded: send it without Content-Encoding.', {
    target: 'Content-Encoding',
  })
}
