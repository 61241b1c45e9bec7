import { ApiError } from '../errors'

const MEDIA_RANGES = new Set(['*/*', 'application/*', 'application/json'])
const METADATA = new Map([
  ['minimal', 'minimal'],
  ['full', 'minimal'],
  ['none', 'none'],
] as const)

const refuse = (message: string): ApiError => new ApiError('unacceptableMediaType', message, { target: 'Accept' })

interface Entry {
  readonly range: string
  readonly metadata: string | undefined
  readonly quality: number
}

const parseEntry = (text: string): Entry => {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const values = new Map(
    parameters.map((parameter) => [
      parameter.split('=')[0]?.trim(),
      parameter.split('=')[1]?.trim().replaceAll('"', ''),
    ]),
  )
  const quality = Number(values.get('q') ?? '1')
  return {
    range,
    metadata: values.get('odata.metadata') ?? values.get('metadata'),
    quality: Number.isNaN(quality) ? 1 : quality,
  }
}

/**
 * The level of metadata that an Accept header asks for; `full` is answered as minimal. Of several entries the one with
 * the highest q that allows JSON counts. Throws `unacceptableMediaType` where none does.
 */
export const parseAccept = (header: string | null): 'minimal' | 'none' => {
  if (header === null || header.trim() === '') return 'minimal'
  const json = header
    .split(',')
    .map(parseEntry)
    .filter(({ range, quality }) => MEDIA_RANGES.has(range) && quality > 0)
  const candidates = json.sort((a, b) => b.quality - a.quality).map(({ metadata }) => metadata ?? 'minimal')
  for (const metadata of candidates) {
    const level = [...METADATA].find(([name]) => name === metadata)?.[1]
    if (level !== undefined) return level
  }
  if (json.length === 0) throw refuse("This service answers with 'application/json'; the Accept header rules it out.")
  throw refuse("odata.metadata must be 'minimal', 'full' or 'none'.")
}
