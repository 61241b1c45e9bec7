import type { IncomingMessage } from 'node:http'
import type { Outgoing } from './invoke'

/** Texts that a local run has beside the app, by path. */
export type Texts = Readonly<Record<string, () => string>>

const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i

/**
 * The answer with a text of the local run, where the path leads to one. Only for a page of this host: neither for one
 * that another site shows, nor under a name that leads here from elsewhere.
 */
export const ownText = (texts: Texts, { method, headers }: IncomingMessage, path: string): Outgoing | undefined => {
  const make = method === 'GET' && Object.hasOwn(texts, path) ? texts[path] : undefined
  const site = headers['sec-fetch-site'] ?? 'same-origin'
  if (make === undefined || site !== 'same-origin' || !LOOPBACK.test(headers.host ?? '')) return undefined
  const common = { 'content-type': 'text/plain;charset=utf-8', 'cache-control': 'no-store' }
  return { status: 200, headers: common, body: Buffer.from(make()) }
}
