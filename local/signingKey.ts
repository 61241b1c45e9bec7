import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** An RSA key that signs tokens. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
}

/** A key that exists in this process only: the next key of an authority, or that of a forger. */
export const newSigningKey = (): SigningKey =>
  toSigningKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)

/** The key in this folder, created on first use and shared by every process. */
export const signingKey = (directory: string): SigningKey => {
  const known = kept.get(directory)
  if (known !== undefined) return known
  const file = join(directory, 'signingKey.pem')
  const pem = read(file) ?? create(directory, file)
  const key = toSigningKey(createPrivateKey(pem))
  kept.set(directory, key)
  return key
}

/** The public key, as in an authority's key set. */
export const publicJwk = ({ kid, privateKey }: SigningKey): Record<string, unknown> => {
  const { kty, n, e } = createPublicKey(privateKey).export({ format: 'jwk' })
  // Entra has the same value in kid and x5t, and omits `alg`.
  return { kty, use: 'sig', kid, x5t: kid, n, e }
}

const kept = new Map<string, SigningKey>()

const toSigningKey = (privateKey: KeyObject): SigningKey => {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { kid: createHash('sha1').update(spki).digest('base64url'), privateKey }
}

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

// Creating a link fails if the file exists: processes that start at the same time all use the first one's key, and none
// sees half a file.
const create = (directory: string, file: string): string => {
  mkdirSync(directory, { recursive: true })
  const draft = join(directory, `signingKey.${randomUUID()}.tmp`)
  writeFileSync(draft, newSigningKey().privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(file, 'utf8')
}
