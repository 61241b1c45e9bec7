import * as z from 'zod'
import { mintToken } from '../../local/mintToken'

const Page = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().optional(),
})

/** A record as the API answers it. */
export type Row = Readonly<Record<string, unknown>>

/** The API of a running `npm start` of this checkout, below `/beta`. */
export interface LedgerApi {
  readonly get: (path: string) => Promise<Row>
  /** Every row of a list. */
  readonly list: (path: string) => Promise<readonly Row[]>
  /** Stores records; returns their ids. */
  readonly store: (path: string, rows: readonly object[]) => Promise<readonly string[]>
}

const MAX_BULK = 1000

/** Asks as the local user. */
export const ledgerApi = (url: string): LedgerApi => {
  const headers = {
    Authorization: `Bearer ${mintToken()}`,
    'Content-Type': 'application/json',
    Prefer: 'continue-on-error',
  }
  const ask = async (address: string, init: RequestInit = {}): Promise<Row> => {
    const response = await fetch(address, { headers, ...init })
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`)
    return Object.fromEntries(Object.entries(z.record(z.string(), z.unknown()).parse(await response.json())))
  }
  const list = async (path: string): Promise<readonly Row[]> => {
    const rows: Row[] = []
    let next: string | undefined = `${url}/beta${path}`
    while (next !== undefined) {
      const page: z.infer<typeof Page> = Page.parse(await ask(next))
      rows.push(...page.value)
      next = page['@odata.nextLink']
    }
    return rows
  }
  const store = async (path: string, rows: readonly object[]): Promise<readonly string[]> => {
    const ids: string[] = []
    for (let from = 0; from < rows.length; from += MAX_BULK) {
      const part = rows.slice(from, from + MAX_BULK)
      const value = part.map((row, index) => ({ '@Core.ContentID': String(index), ...row }))
      const stored = Page.parse(await ask(`${url}/beta${path}`, { method: 'PATCH', body: JSON.stringify({ value }) }))
      const byContentId = new Map(stored.value.map((row) => [row['@Core.ContentID'], row.id]))
      ids.push(...part.map((_, index) => String(byContentId.get(String(index)))))
    }
    return ids
  }
  return { get: (path) => ask(`${url}/beta${path}`), list, store }
}
