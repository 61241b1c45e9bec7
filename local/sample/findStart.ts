import { decodeJwt, decodeProtectedHeader } from 'jose'
import * as z from 'zod'
import { KEY_DIRECTORY } from '../identity'
import { signingKey } from '../signingKey'
import type { Partner } from './entities'

const Database = z.object({ endpoint: z.string(), key: z.string(), name: z.string() })

/** Where the embedded database is. */
export type EmbeddedDatabase = z.infer<typeof Database>

/** A running `npm start`. */
export interface Start {
  readonly url: string
  readonly token: string
  readonly partner: Partner
  /** Undefined where it uses an account that is not its own. */
  readonly database: EmbeddedDatabase | undefined
}

const DEFAULT_PORT = '7071'

/** Finds the running `npm start` of this checkout; throws an Error with a one-sentence message where there is none. */
export async function findStart(wanted: string | undefined): Promise<Start> {
  const port = wanted?.trim() || DEFAULT_PORT
  if (!/^\d{1,5}$/.test(port) || !(Number(port) > 0 && Number(port) <= 65535))
    throw new Error('PORT must be the port of the running `npm start`, a whole number from 1 to 65535.')
  const url = `http://127.0.0.1:${port}`
  const token = await ask(url, 'token')
  if (token === undefined || (token !== '' && !isOurs(token))) throw new Error(nobody(url))
  if (token === '')
    throw new Error(`\`npm start\` at ${url} trusts another authority: unset AUTH_AUTHORITY there, and start it again.`)
  const database = await ask(url, 'database')
  const { tid, oid } = decodeJwt(token)
  return {
    url,
    token,
    partner: { tenantId: String(tid), userId: String(oid) },
    database: database === undefined ? undefined : Database.parse(JSON.parse(database)),
  }
}

function nobody(url: string): string {
  return `No \`npm start\` of this checkout answers at ${url}: start it in another terminal, without --https, or set PORT to the port that it says.`
}

// Undefined where it has no such text, or nobody answers.
async function ask(url: string, name: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/.local/${name}`, { signal: AbortSignal.timeout(10_000) })
    const text = await response.text()
    return response.ok ? text : undefined
  } catch {
    return undefined
  }
}

// Every checkout has a signing key of its own.
function isOurs(token: string): boolean {
  try {
    return decodeProtectedHeader(token).kid === signingKey(KEY_DIRECTORY).kid
  } catch {
    return false
  }
}
