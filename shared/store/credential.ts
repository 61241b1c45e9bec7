import type { newCredential } from './identity'

type Credential = ReturnType<typeof newCredential>

const load = async (clientId: string | undefined, inAzure: boolean): Promise<Credential> => {
  const identity = await import('./identity')
  return identity.newCredential(clientId, inAzure)
}

/** The credential of this process, loaded when a token is first needed: with an account key it never is. */
export const lazyCredential = (clientId: string | undefined, inAzure: boolean): Credential => {
  let credential: Promise<Credential> | undefined
  return {
    getToken: async (scopes, options) => {
      credential ??= load(clientId, inAzure)
      return (await credential).getToken(scopes, options)
    },
  }
}
