import { parse } from 'content-type'
import { splitHeaderList } from '../basics/headerList'
import { ApiError } from '../errors'

/**
 * Chooses the media type of the answer: the one that `$format` names, otherwise the one that Accept prefers, the first
 * of equals. Throws `unacceptableMediaType` where none is acceptable.
 */
export function negotiate(accept: string | null, format: string | undefined, offered: readonly string[]): string {
  const chosen = format === undefined ? byAccept(accept, offered) : byFormat(format, offered)
  if (chosen !== undefined) return chosen
  const target = format === undefined ? 'Accept' : '$format'
  throw new ApiError('unacceptableMediaType', `This path answers with ${offered.join(' or ')}.`, { target })
}

// The abbreviations of OData (4.01 part 2, 5.1.2.11).
const FORMATS: Readonly<Record<string, string>> = { json: 'application/json', xml: 'application/xml' }

function byFormat(format: string, offered: readonly string[]): string | undefined {
  const { type } = parse(format)
  const wanted = Object.hasOwn(FORMATS, type) ? FORMATS[type] : type
  return offered.find((candidate) => candidate === wanted)
}

function byAccept(accept: string | null, offered: readonly string[]): string | undefined {
  if (accept === null || accept.trim() === '') return offered[0]
  const ranges = splitHeaderList(accept).map((entry) => {
    const { type, parameters } = parse(entry)
    const quality = Number(parameters.q ?? '1')
    return { type, quality: Number.isNaN(quality) ? 1 : quality }
  })
  // The most specific range that fits decides (RFC 9110, 12.5.1).
  const qualityOf = (candidate: string): number => {
    const [main = ''] = candidate.split('/')
    const fitting = [candidate, `${main}/*`, '*/*'].map((range) => ranges.find(({ type }) => type === range))
    return fitting.find((range) => range !== undefined)?.quality ?? 0
  }
  const best = Math.max(...offered.map(qualityOf))
  return best > 0 ? offered.find((candidate) => qualityOf(candidate) === best) : undefined
}
