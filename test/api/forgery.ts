import { createHmac, createPublicKey, sign } from 'node:crypto'
import type { SigningKey } from '../../local/signingKey'

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

const decode = (part = ''): object => JSON.parse(Buffer.from(part, 'base64url').toString())

const unsigned = (token: string, header: object): string => {
  const [own, claims] = token.split('.')
  return `${encode({ ...decode(own), ...header })}.${claims}`
}

/** The token without a signature, as `alg: none` has it. */
export const withoutSignature = (token: string, alg: string): string => `${unsigned(token, { alg })}.`

/** The token under a key that everybody knows: the public one, in the form that verifiers keep. */
export const withPublicKey = (token: string, { privateKey }: SigningKey, type: 'spki' | 'pkcs1'): string => {
  const secret = createPublicKey(privateKey).export({ type, format: 'pem' })
  const content = unsigned(token, { alg: 'HS256' })
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

/** The token, well signed with RSA and another digest. */
export const withDigest = (token: string, { privateKey }: SigningKey, bits: 384 | 512): string => {
  const content = unsigned(token, { alg: `RS${bits}` })
  return `${content}.${sign(`sha${bits}`, Buffer.from(content), privateKey).toString('base64url')}`
}

/** The token with other claims under the old signature. */
export const withClaims = (token: string, claims: object): string => {
  const [header, own, signature] = token.split('.')
  return `${header}.${encode({ ...decode(own), ...claims })}.${signature}`
}
