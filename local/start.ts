import { readExamples, toCurl } from './examples'
import { mintToken, PARTNER_TENANT } from './mintToken'
import { serve } from './serve'
import { untilStopped } from './untilStopped'

// npm start: the built bundle on the local host, until it is stopped.

// The first tenant of an allow-list; where it names none, or there is none, the usual one.
const allowedTenant = (): string => {
  const list = process.env.AUTH_ALLOWED_TENANTS?.toLowerCase() ?? ''
  return /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(list)?.[0] ?? PARTNER_TENANT
}

const paste = (url: string): string => {
  const tenant = allowedTenant()
  const [example] = readExamples(tenant).filter(({ name }) => name === 'managedTenantOperationsCreate')
  if (example === undefined) return ''
  return `\nPaste this into another terminal (the token is valid for one hour):\n\n${toCurl(example, url, mintToken({ tenant }))}\n`
}

const stopped = untilStopped()
const { url, close } = await serve()
process.stdout.write(`ready ${url}\n${process.env.AUTH_AUTHORITY?.startsWith('http://127.0.0.1') ? paste(url) : ''}`)
await stopped
await close()
process.exit(0)
