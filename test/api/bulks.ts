import { type Call, type Ledger, NOW, type Reply } from '../harness'
import type { Sample } from './samples'

export type Entity = Readonly<Record<string, unknown>>

/** Sends a bulk. */
export const sendBulk = (
  ledger: Ledger,
  { path }: Pick<Sample, 'path'>,
  value: unknown,
  { headers, ...call }: Partial<Call> = {},
): Promise<Reply> =>
  ledger.call({
    ...{ method: 'PATCH', path, body: { '@context': '#$delta', value } },
    ...call,
    headers: { prefer: 'continue-on-error', ...headers },
  })

/** The headers of a bulk that may be sent again. */
export const repeatableBulk = (id: string) => ({
  'repeatability-request-id': id,
  'repeatability-first-sent': NOW.toUTCString(),
})

/** What a bulk answered for each entity. */
export const entitiesOf = ({ json }: Reply): readonly Entity[] => (json.value ?? []) as readonly Entity[] // as asserted on

interface Exception {
  readonly failedOperation: string
  readonly responseCode: number
  readonly info: {
    readonly code: string
    readonly target?: string
    readonly innerError: Readonly<Record<string, string>>
  }
}

/** ContentID of each entity, and of one that failed the status, inner code and target. */
export const outcomes = (reply: Reply): unknown[][] =>
  entitiesOf(reply).map((entity) => {
    const exception = entity['@Core.DataModificationException'] as Exception | undefined // as asserted on
    const id = entity['@Core.ContentID']
    if (exception === undefined) return [id]
    const { responseCode, info } = exception
    return [id, responseCode, info.innerError.code, ...(info.target === undefined ? [] : [info.target])]
  })

/** So many bodies of a sample. */
export const copies = ({ body }: Sample, count: number): Entity[] => Array.from({ length: count }, () => ({ ...body }))
