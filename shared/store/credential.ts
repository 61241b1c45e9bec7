import type { newCredential } from './identity'

type Credential = ReturnType<typeof newCredential>

/** The credential of this process, loaded when a token is first needed: with an account key it never is. */
export function lazyCredential(clientId: string | undefined, inAzure: boolean): Credential {
  let credential: Promise<Credential> | undefined
  return {
    getToken: async (scopes, options) => {
      credential ??= import('./identity').then(({ newCredential }) => newCredential(clientId, inAzure))
      return (await credential).getToken(scopes, options)
    },
  }
}
