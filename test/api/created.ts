import type { Ledger, Reply } from '../harness'
import type { Sample } from './samples'

/** Creates a sample, with more or other members: its id, path, entity tag and answer. */
export const createIn = async (
  ledger: Ledger,
  { path, body }: Sample,
  more: Readonly<Record<string, unknown>> = {},
) => {
  const { json, headers } = await ledger.call({ path, body: { ...body, ...more } })
  const id = String(json.id)
  return { id, path: `${path}/${id}`, etag: headers.get('etag') ?? '', json }
}

/** The status of an answer, and each problem of a refused body as `code target`. */
export const details = ({ status, json }: Reply) => {
  // The envelope of a failure.
  const error = json.error as { details?: { code: string; target: string }[] } | undefined
  return [status, ...(error?.details ?? []).map(({ code, target }) => `${code} ${target}`)]
}
