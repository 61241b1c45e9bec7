import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** A certificate and its private key, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

const DAY_MS = 86_400_000
// The longest lifetime that clients accept in a server certificate.
const SERVER_DAYS = 397
const AUTHORITY_DAYS = 3650

/** Where the certificate authority of this checkout is kept, beside its key. */
export const AUTHORITY_FILE = join('.local', 'ca.pem')

/** A certificate for `localhost`, signed by the authority of this checkout, which is made on first use. */
export const serverCertificate = async (file = AUTHORITY_FILE): Promise<Certificate> => {
  const ca = await authority(file)
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...{ keyType: 'ec', algorithm: 'sha256', ca, notAfterDate: after(SERVER_DAYS) },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key, cert }
}

const after = (days: number): Date => new Date(Date.now() + days * DAY_MS)

// Key and certificate share a file, so that they are always written together.
const authority = async (file: string): Promise<Certificate> => {
  const kept = `${file.replace(/\.pem$/, '')}-key.pem`
  const known = read(kept) ?? (await create(kept))
  const [, key = '', cert = ''] = /^([\s\S]*?-----END [A-Z ]*PRIVATE KEY-----\n)\s*([\s\S]*)$/.exec(known) ?? []
  if (read(file) !== cert) writeFileSync(file, cert)
  return { key, cert }
}

const create = async (file: string): Promise<string> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Partner operations ledger (local)' }], {
    ...{ keyType: 'ec', algorithm: 'sha256', notAfterDate: after(AUTHORITY_DAYS) },
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  mkdirSync(join(file, '..'), { recursive: true })
  const draft = `${file}.${randomUUID()}.tmp`
  writeFileSync(draft, `${key.trim()}\n${cert.trim()}\n`, { mode: 0o600 })
  try {
    // Creating a link fails if the file exists: processes that start at the same time all use the first one's
    // authority.
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(file, 'utf8')
}

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
