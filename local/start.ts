import { build } from './build.mjs'
import { readExamples, toCurl } from './examples'
import { mintToken, PARTNER_TENANT } from './mintToken'
import { serve } from './serve'
import { untilStopped } from './untilStopped'

// npm start: the built bundle on the local host, until it is stopped.

const paste = (url: string): string => {
  // An allow-list that names no tenant, or none at all, allows the usual one.
  const tenant =
    /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/i.exec(process.env.AUTH_ALLOWED_TENANTS ?? '')?.[0] ?? PARTNER_TENANT
  const [example] = readExamples(tenant).filter(({ name }) => name === 'managedTenantOperationsCreate')
  if (example === undefined) return ''
  return `\nPaste this into another terminal (the token is valid for one hour):\n\n${toCurl(example, url, mintToken({ tenant }))}\n`
}

const stopped = untilStopped()
await build()
const { url, close } = await serve()
process.stdout.write(`ready ${url}\n${process.env.AUTH_AUTHORITY?.startsWith('http://127.0.0.1') ? paste(url) : ''}`)
await stopped
await close()
process.exit(0)
