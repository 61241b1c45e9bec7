import { parse } from 'content-type'
import { ApiError } from '../errors'

/** How the bytes of a body are encoded. */
export type ContentEncoding = 'identity' | 'gzip'

/** Reads the headers that describe a body of at most `maximum` bytes; throws 413 or 415 where it cannot be taken. */
export function parseContentHeaders(headers: Headers, maximum: number): ContentEncoding {
  checkContentType(headers.get('content-type'))
  const encoding = parseEncoding(headers.get('content-encoding'))
  if (Number(headers.get('content-length') ?? 0) > maximum) throw payloadTooLarge(maximum)
  return encoding
}

/** The failure of a request whose body has more than `maximum` bytes, decoded or not. */
export function payloadTooLarge(maximum: number): ApiError {
  return new ApiError('payloadTooLarge', `The request body must not be larger than ${maximum} bytes.`, {
    target: 'Content-Length',
  })
}

/** Whether a Content-Type is that of JSON in UTF-8. */
export function isJsonType(header: string): boolean {
  const { type, parameters } = parse(header)
  const charset = (parameters.charset ?? 'utf-8').toLowerCase()
  return type === 'application/json' && (charset === 'utf-8' || charset === 'utf8')
}

function checkContentType(header: string | null): void {
  if (isJsonType(header ?? '')) return
  throw new ApiError('unsupportedContentType', "The Content-Type must be 'application/json', in UTF-8.", {
    target: 'Content-Type',
  })
}

// `x-gzip` is another name for gzip (RFC 9110, 8.4.1.3).
function parseEncoding(header: string | null): ContentEncoding {
  const encoding = (header ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity') return 'identity'
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip'
  throw new ApiError('unsupportedContentEncoding', "The Content-Encoding must be 'gzip', or absent.", {
    target: 'Content-Encoding',
  })
}
