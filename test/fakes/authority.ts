import { createServer, type ServerResponse } from 'node:http'
import { ISSUERS } from '../../local/identity'
import { closeServer, listen } from '../../local/listen'
import { publicJwk, type SigningKey } from '../../local/signingKey'

type Version = keyof typeof ISSUERS

/** What the authority does with a request for this path. */
export type Answer = (response: ServerResponse, path: string) => unknown

/** An authority whose keys say what a test wants them to, and which fails as a test wants it to. */
export interface Authority {
  readonly address: string
  /** Paths that it was asked for, in their order. */
  readonly asked: readonly string[]
  /** Shows these keys from now on; `more` are members of each. */
  publish(keys: readonly SigningKey[], more?: (version: Version) => object): void
  /** How it answers: well, until a test says otherwise. */
  answer: Answer
  readonly well: Answer
  close(): Promise<void>
}

/** Where the keys of a version are. */
export const KEYS = '/keys/'

/** Starts an authority on loopback. */
export const startAuthority = async (first: readonly SigningKey[]): Promise<Authority> => {
  const own = (version: Version): object => ({ issuer: ISSUERS[version] })
  let shown = { keys: first, more: own }
  const asked: string[] = []
  const documentAt = (path: string): object => {
    const version = path.includes('2.0') ? '2.0' : '1.0'
    if (!path.startsWith(KEYS)) return { issuer: ISSUERS[version], jwks_uri: authority.address + KEYS + version }
    return { keys: shown.keys.map((key) => ({ ...publicJwk(key), ...shown.more(version) })) }
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    authority.answer(response, path)
  })
  const well: Answer = (response, path) => response.end(JSON.stringify(documentAt(path)))
  const authority: Authority = {
    address: await listen(server, 0),
    asked,
    publish: (keys, more = own) => {
      shown = { keys, more }
    },
    answer: well,
    well,
    close: () => closeServer(server),
  }
  return authority
}
