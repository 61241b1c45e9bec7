import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { splitHeaderList } from '../basics/headerList'
import type { Request } from '../http/request'
import type { Services } from '../services'
import type { Answer } from '../verbs/answer'

/** A public text: made once, then served from memory, plain or compressed. */
export interface Text {
  readonly type: string
  readonly plain: Form
  readonly gzipped: Form
}

interface Form {
  readonly body: Uint8Array
  readonly etag: string
}

// The client chooses the Host header and with it the origin in a text, so the number of cached texts is limited.
const MAX_TEXTS = 64
const kept = new WeakMap<Services, Map<string, Promise<Text>>>()

/** The text under a key, made if it is not cached. */
export function keepText(services: Services, key: string, make: () => Promise<Text>): Promise<Text> {
  const texts = kept.get(services) ?? new Map<string, Promise<Text>>()
  kept.set(services, texts)
  const known = texts.get(key)
  if (known !== undefined) return known
  if (texts.size >= MAX_TEXTS) texts.clear()
  const made = make()
  texts.set(key, made)
  // A failure is not cached.
  made.catch(() => texts.delete(key))
  return made
}

const compress = promisify(gzip)

/** A text of this media type. */
export async function toText(type: string, content: string | Uint8Array): Promise<Text> {
  const body = typeof content === 'string' ? Buffer.from(content) : content
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27)
  return {
    type,
    plain: { body, etag: `"${hash}"` },
    gzipped: { body: await compress(body), etag: `"${hash}-gzip"` },
  }
}

const SHARED = { 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' } as const

/** The answer with a text; 304 where the client has it. `vary`: the request headers on which the text depends. */
export function answerText({ headers }: Request, text: Text, vary: readonly string[] = []): Answer {
  const isGzip = acceptsGzip(headers.get('accept-encoding'))
  const { body, etag } = isGzip ? text.gzipped : text.plain
  const common = { ...SHARED, ETag: etag, Vary: [...vary, 'Accept-Encoding'].join(', ') }
  if (hasVersion(headers.get('if-none-match'), etag)) return { status: 304, headers: common }
  const encoding = isGzip ? { 'Content-Encoding': 'gzip' } : {}
  return { status: 200, headers: { ...common, ...encoding, 'Content-Type': text.type }, body }
}

function acceptsGzip(header: string | null): boolean {
  const entry = splitHeaderList(header ?? '').find((coding) => /^gzip\b/i.test(coding))
  return entry !== undefined && !/;\s*q=0(?:\.0*)?$/i.test(entry)
}

// A GET compares weakly (RFC 9110, 13.1.2).
function hasVersion(header: string | null, etag: string): boolean {
  if (header === null) return false
  return header.trim() === '*' || splitHeaderList(header).some((tag) => tag.replace(/^W\//, '') === etag)
}
