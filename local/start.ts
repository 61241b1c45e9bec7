import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AUTHORITY_FILE, serverCertificate } from './certificates'
import { readExamples, toCurl } from './examples'
import { mintToken } from './mintToken'
import { allowedTenant, hasOwnIssuer, pageTexts } from './pageTexts'
import { serve } from './serve'
import { untilStopped } from './untilStopped'

// npm start: the built bundle on the local host, until it is stopped. `--https` serves it over TLS.

const readOptions = (): { https: boolean } => {
  try {
    const { values } = parseArgs({ args: process.argv.slice(3), options: { https: { type: 'boolean' } } })
    return { https: values.https === true }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new Error(`${reason}. Usage: npm start [-- --https]`)
  }
}

const trust = (): string => {
  const file = resolve(AUTHORITY_FILE)
  return [
    '\nThe certificate is signed by an authority of this checkout alone. To trust it:\n',
    `  Node.js     NODE_EXTRA_CA_CERTS=${file}`,
    `  curl        --cacert ${file}`,
    `  Python      SSL_CERT_FILE=${file}`,
    `  .NET        SSL_CERT_FILE=${file} (Linux); on Windows and macOS as for PowerShell`,
    `  PowerShell  Import-Certificate -CertStoreLocation Cert:\\CurrentUser\\Root -FilePath ${file}`,
    `  macOS       security add-trusted-cert -k ~/Library/Keychains/login.keychain-db ${file}\n`,
  ].join('\n')
}

const paste = (url: string, https: boolean): string => {
  const tenant = allowedTenant()
  const [example] = readExamples(tenant).filter(({ name }) => name === 'managedTenantOperationsCreate')
  if (example === undefined) return ''
  const curl = toCurl(example, url, mintToken({ tenant }))
  const command = https ? curl.replace(/^curl /, `curl --cacert '${resolve(AUTHORITY_FILE)}' `) : curl
  return `\nPaste this into another terminal (the token is valid for one hour):\n\n${command}\n`
}

const { https } = readOptions()
const stopped = untilStopped()
const certificate = https ? await serverCertificate() : undefined
const { url, settings, close } = await serve({ certificate, texts: pageTexts() })
const lines = [
  `ready ${url}\n`,
  `\nThe API's reference, and a form to try it: ${url}/\n`,
  `The console: ${url}/console (to have something to see there: npm run sample)\n`,
  settings.COSMOS_ENDPOINT === undefined ? '' : 'Records are in memory and lost when this stops.\n',
  https ? trust() : '',
  hasOwnIssuer() ? paste(url, https) : '',
]
process.stdout.write(lines.join(''))
await stopped
await close()
process.exit(0)
