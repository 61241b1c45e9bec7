import { createServer, type ServerResponse } from 'node:http'
import { closeServer, listen } from './listen'
import { publicJwk, type SigningKey, signingKey } from './signingKey'

/** The audience of tokens from the local issuer. */
export const AUDIENCE = 'api://partner-operations-ledger'

/** Where keys that outlive a restart are kept. */
export const KEY_DIRECTORY = '.local'

/** Issuer templates by token version. They name no port, so that a token outlives the server that published its key. */
export const ISSUERS = {
  '1.0': 'http://127.0.0.1/{tenantid}/',
  '2.0': 'http://127.0.0.1/{tenantid}/v2.0',
} as const

/** A running authority; `publish` replaces its published keys, as a rollover does. */
export interface Issuer {
  readonly authority: string
  readonly audience: string
  readonly publish: (keys: readonly SigningKey[]) => void
  readonly close: () => Promise<void>
}

/** Starts a stand-in for Entra ID on loopback: metadata and key sets of both token versions only. */
export const startIssuer = async ({ port = 0, directory = KEY_DIRECTORY } = {}): Promise<Issuer> => {
  let keys: readonly SigningKey[] = [signingKey(directory)]
  const server = createServer((request, response) => answer(response, documents(authority, keys)[request.url ?? '']))
  // Never closes an idle connection: a request might be under way on it.
  server.keepAliveTimeout = 0
  const authority = await listen(server, port)
  return {
    authority,
    audience: AUDIENCE,
    publish: (published) => {
      keys = published
    },
    close: () => closeServer(server),
  }
}

// The addresses are Entra's own: learn.microsoft.com/entra/identity-platform/v2-protocols-oidc.
const documents = (authority: string, keys: readonly SigningKey[]): Readonly<Record<string, unknown>> => ({
  '/common/.well-known/openid-configuration': metadata(ISSUERS['1.0'], `${authority}/common/discovery/keys`),
  '/common/v2.0/.well-known/openid-configuration': metadata(ISSUERS['2.0'], `${authority}/common/discovery/v2.0/keys`),
  '/common/discovery/keys': { keys: keys.map((key) => ({ ...publicJwk(key), issuer: ISSUERS['1.0'] })) },
  '/common/discovery/v2.0/keys': { keys: keys.map((key) => ({ ...publicJwk(key), issuer: ISSUERS['2.0'] })) },
})

const metadata = (issuer: string, jwksUri: string) => ({
  issuer,
  jwks_uri: jwksUri,
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code', 'id_token', 'code id_token', 'token'],
  subject_types_supported: ['pairwise'],
})

const answer = (response: ServerResponse, document: unknown): void => {
  response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json; charset=utf-8' })
  response.end(document === undefined ? '{"error":"not_found"}' : JSON.stringify(document))
}
