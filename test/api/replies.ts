import type { Reply } from '../harness'

/** What a failure says, without its prose. */
export interface Failed {
  readonly code: string
  readonly message: string
  readonly target?: string
  readonly details?: readonly { readonly code: string; readonly target: string; readonly message: string }[]
  readonly innerError: Readonly<Record<string, string>>
}

/** The envelope of a failure; of a success there is none. */
export const errorOf = ({ json }: Reply): Failed | undefined => json.error as Failed | undefined // whatever was answered

/** Status, code, inner code and target of an answer. */
export const verdict = (reply: Reply): (string | number | undefined)[] => {
  const error = errorOf(reply)
  return error === undefined
    ? [reply.status]
    : [reply.status, error.code, error.innerError.code, ...(error.target === undefined ? [] : [error.target])]
}

/** Code and target of each detail, in the order of the answer. */
export const details = (reply: Reply): string[] =>
  (errorOf(reply)?.details ?? []).map(({ code, target }) => `${code} ${target}`)

/** A GUID as the service makes it. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
