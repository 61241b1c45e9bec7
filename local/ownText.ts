import type { IncomingMessage } from 'node:http'
import type { Outgoing } from './invoke'

/** Texts that only a local run serves, by path. */
export type Texts = Readonly<Record<string, () => string>>

const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i

/**
 * The answer with a text of the local run, if the path is that of one. Only for pages of this host: not for other
 * sites, and not under another host name that resolves to this machine.
 */
export const ownText = (texts: Texts, { method, headers }: IncomingMessage, path: string): Outgoing | undefined => {
  const make = method === 'GET' && Object.hasOwn(texts, path) ? texts[path] : undefined
  const site = headers['sec-fetch-site'] ?? 'same-origin'
  if (make === undefined || site !== 'same-origin' || !LOOPBACK.test(headers.host ?? '')) return undefined
  const common = { 'content-type': 'text/plain;charset=utf-8', 'cache-control': 'no-store' }
  return { status: 200, headers: common, body: Buffer.from(make()) }
}
