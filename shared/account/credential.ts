import { withTimeout } from '../basics/withTimeout'
import type { Closable } from './identity'

type Credential = Closable['credential']
type Token = Awaited<ReturnType<Credential['getToken']>>

/** Name of the error where no token could be had: nothing was sent to the store, and a later attempt may succeed. */
export const NO_TOKEN = 'NoTokenError'

/** What a credential is made of. `patience`: milliseconds that one attempt waits for a token. */
export interface CredentialOptions {
  readonly clientId: string | undefined
  readonly inAzure: boolean
  readonly patience: number
}

// A failure is cached briefly, so that many requests waiting for a token do not all ask a busy endpoint.
const PAUSE_MS = 250

// After this an unanswered token request is abandoned and its connection closed.
const LONGEST_MS = 30_000

/**
 * The credential of this process, loaded when a token is first needed, which with an account key is never. A caller
 * whose wait is over gets an error; the next one sends a second request beside the unanswered one, and the first answer
 * wins.
 */
export function lazyCredential(options: CredentialOptions): Credential {
  const asking = new Set<Promise<Token>>()
  let asked = Number.NEGATIVE_INFINITY
  let failed: { readonly at: number; readonly error: unknown } | undefined

  function ask(scopes: string | string[]): void {
    asked = performance.now()
    const token = requestToken(options, scopes)
    asking.add(token)
    token
      .catch((error: unknown) => {
        failed = { at: performance.now(), error }
      })
      .finally(() => asking.delete(token))
  }

  return {
    getToken: (scopes) => {
      const time = performance.now()
      if (failed !== undefined && time - failed.at < PAUSE_MS) return Promise.reject(failed.error)
      if (asking.size === 0 || time - asked >= options.patience) ask(scopes)
      return withTimeout(anyOf(asking), options.patience, () => {
        throw noToken(new Error('the identity endpoint did not answer in time'))
      })
    },
  }
}

async function requestToken({ clientId, inAzure }: CredentialOptions, scopes: string | string[]): Promise<Token> {
  try {
    const { newCredential } = await import('./identity')
    // A new credential each time, so that one that hangs can be closed by itself. They share the library's token cache.
    const { credential, close } = newCredential(clientId, inAzure)
    return await withTimeout(credential.getToken(scopes), LONGEST_MS, () => {
      close()
      throw new Error('the identity endpoint did not answer at all')
    })
  } catch (error) {
    throw noToken(error)
  }
}

async function anyOf(asking: ReadonlySet<Promise<Token>>): Promise<Token> {
  try {
    return await Promise.any(asking)
  } catch (error) {
    throw noToken(error)
  }
}

function noToken(cause: unknown): Error {
  if (cause instanceof Error && cause.name === NO_TOKEN) return cause
  return Object.assign(new Error('no token for the store', { cause }), { name: NO_TOKEN })
}
