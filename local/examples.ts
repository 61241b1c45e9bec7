import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { PARTNER_TENANT } from './mintToken'

const Example = z.strictObject({
  /** The function that answers it, and the name of its file. */
  name: z.string(),
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
  path: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.record(z.string(), z.unknown()).optional(),
})

/** A documented request; its partner is that of the local tokens. */
export type Example = z.infer<typeof Example>

/** The examples, in the order of their names; with `tenant` their partner is that one. */
export const readExamples = (tenant = PARTNER_TENANT): Example[] =>
  readdirSync('examples')
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readFileSync(join('examples', name), 'utf8'))
    .map((text) => Example.parse(JSON.parse(text.replaceAll(PARTNER_TENANT, tenant))))

/** A command for a POSIX shell that sends the example. */
export const toCurl = ({ method, path, headers, body }: Example, url: string, token: string): string => {
  const all = { Authorization: `Bearer ${token}`, ...headers }
  const options = Object.entries(all).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)
  const data = body === undefined ? [] : [`-d ${quote(JSON.stringify(body))}`]
  return [`curl -i -X ${method} ${quote(url + path)}`, ...options, ...data].join(' \\\n  ')
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
