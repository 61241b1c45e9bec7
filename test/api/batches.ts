import type { Call, Ledger, Reply } from '../harness'

/** One answer of a batch. */
export interface Part {
  readonly id: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>> | string
}

/** A request of a batch with a JSON body. */
export const write = (id: string, method: string, url: string, body: unknown, more: object = {}) => ({
  ...{ id, method, url, body },
  headers: { 'Content-Type': 'application/json' },
  ...more,
})

/** Sends a batch. */
export const send = (ledger: Ledger, requests: unknown, call: Partial<Call> = {}): Promise<Reply> =>
  ledger.call({ path: '/beta/$batch', body: { requests }, ...call })

/** The answers of a batch, in their order. */
export const partsOf = ({ json }: Reply): readonly Part[] => (json.responses ?? []) as readonly Part[] // as asserted on

/** Status of each answer. */
export const statuses = (reply: Reply): number[] => partsOf(reply).map(({ status }) => status)

/** Status, code, inner code and target of each answer. */
export const verdicts = (reply: Reply): unknown[][] =>
  partsOf(reply).map(({ status, body }) => {
    const error = typeof body === 'object' ? body.error : undefined
    if (typeof error !== 'object' || error === null) return [status]
    const { code, innerError, target } = error as { code: string; innerError: { code: string }; target?: string } // Graph's
    return [status, code, innerError.code, ...(target === undefined ? [] : [target])]
  })
