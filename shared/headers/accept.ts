import { parse as parseMediaType } from 'content-type'
import { splitHeaderList } from '../basics/headerList'
import { ApiError } from '../errors'

/** How much control information an answer has; `full` is answered as minimal. */
export type Metadata = 'minimal' | 'none'

const MEDIA_RANGES = new Set(['*/*', 'application/*', 'application/json'])
const LEVELS: Readonly<Record<string, Metadata>> = { minimal: 'minimal', full: 'minimal', none: 'none' }

/**
 * The level of metadata that `$format` asks for: `json`, or a media type that stands for the Accept header (OData 4.01
 * part 1, 11.2.11). Throws `unacceptableMediaType`.
 */
export function parseFormat(format: string): Metadata {
  return parse(format.trim().toLowerCase() === 'json' ? 'application/json' : format, '$format')
}

/**
 * The level of metadata that an Accept header asks for. Of the entries that allow JSON, the one with the
 * highest q counts. Throws `unacceptableMediaType` where none does.
 */
export function parseAccept(header: string | null): Metadata {
  return header === null || header.trim() === '' ? 'minimal' : parse(header, 'Accept')
}

function parse(header: string, target: string): Metadata {
  const json = splitHeaderList(header)
    .map(parseEntry)
    .filter(({ range, quality }) => MEDIA_RANGES.has(range) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { metadata } of json) {
    if (Object.hasOwn(LEVELS, metadata)) return LEVELS[metadata] ?? 'minimal'
  }
  if (json.length === 0) throw refuse(target, `This service answers with 'application/json'; ${target} rules it out.`)
  throw refuse(target, "odata.metadata must be 'minimal', 'full' or 'none'.")
}

interface Entry {
  readonly range: string
  readonly metadata: string
  readonly quality: number
}

function parseEntry(entry: string): Entry {
  const { type, parameters } = parseMediaType(entry)
  const quality = Number(parameters.q ?? '1')
  return {
    range: type,
    metadata: (parameters['odata.metadata'] ?? parameters.metadata ?? 'minimal').toLowerCase(),
    quality: Number.isNaN(quality) ? 1 : quality,
  }
}

function refuse(target: string, message: string): ApiError {
  return new ApiError('unacceptableMediaType', message, { target })
}
