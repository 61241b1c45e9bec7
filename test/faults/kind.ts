import type { IncomingMessage } from 'node:http'

/** What the SDK asks the store for. */
export type Kind = 'container' | 'create' | 'read' | 'replace' | 'delete' | 'query' | 'plan' | 'other'

const METHODS: Readonly<Record<string, Kind>> = { GET: 'read', POST: 'create', PUT: 'replace', DELETE: 'delete' }

/** Tells what the SDK asks for. */
export const kindOf = ({ method = '', url = '', headers }: IncomingMessage): Kind => {
  if (headers['x-ms-cosmos-is-query-plan-request'] !== undefined) return 'plan'
  if (headers['x-ms-documentdb-isquery'] !== undefined) return 'query'
  if (/\/docs(\/[^/]+)?$/.test(url)) return METHODS[method] ?? 'other'
  return /\/colls\/[^/]+$/.test(url) ? 'container' : 'other'
}
