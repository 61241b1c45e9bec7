import { createServer } from 'node:http'
import { ISSUERS } from '../../local/identity'
import { closeServer, listen } from '../../local/listen'
import { publicJwk, type SigningKey } from '../../local/signingKey'

type Version = keyof typeof ISSUERS

/** An authority whose keys say what a test wants them to, and which counts how often it is asked for them. */
export interface Authority {
  readonly address: string
  /** Shows these keys from now on; `more` are members of each. */
  publish(keys: readonly SigningKey[], more?: (version: Version) => object): void
  /** How often the keys of v2 tokens were fetched. */
  asked(): number
  close(): Promise<void>
}

const KEYS = '/keys/'

/** Starts an authority on loopback. */
export const startAuthority = async (first: readonly SigningKey[]): Promise<Authority> => {
  const own = (version: Version): object => ({ issuer: ISSUERS[version] })
  let shown = { keys: first, more: own }
  let asked = 0
  const documentAt = (url: string): object => {
    const version = url.includes('2.0') ? '2.0' : '1.0'
    if (!url.startsWith(KEYS)) return { issuer: ISSUERS[version], jwks_uri: address + KEYS + version }
    if (version === '2.0') asked += 1
    return { keys: shown.keys.map((key) => ({ ...publicJwk(key), ...shown.more(version) })) }
  }
  const server = createServer((request, response) => response.end(JSON.stringify(documentAt(request.url ?? ''))))
  const address = await listen(server, 0)
  return {
    address,
    publish: (keys, more = own) => {
      shown = { keys, more }
    },
    asked: () => asked,
    close: () => closeServer(server),
  }
}
