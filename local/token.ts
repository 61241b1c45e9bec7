import { parseArgs } from 'node:util'
import { mintToken } from './mintToken'

// npm run -s token: prints an access token that a running `npm start` accepts.

const USAGE = 'Usage: npm run -s token -- [--tenant GUID] [--permissions "A B"] [--app] [--expires SECONDS]'
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

// A negative number would be parsed as an option.
const joinExpires = (args: readonly string[]): string[] =>
  args.flatMap((argument, index) => {
    if (args[index - 1] === '--expires') return []
    const next = args[index + 1]
    return argument === '--expires' && next !== undefined ? [`--expires=${next}`] : [argument]
  })

const readOptions = () => {
  try {
    return parseArgs({
      args: joinExpires(process.argv.slice(3)),
      options: {
        tenant: { type: 'string' },
        permissions: { type: 'string' },
        app: { type: 'boolean' },
        expires: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. ${USAGE}`)
  }
}

const { tenant, permissions, app = false, expires } = readOptions()
if (tenant !== undefined && !GUID.test(tenant)) throw new Error(`--tenant must be a GUID. ${USAGE}`)
if (expires !== undefined && !/^-?\d{1,9}$/.test(expires))
  throw new Error(`--expires must be a number of seconds. ${USAGE}`)
const token = mintToken({
  app,
  ...(tenant !== undefined && { tenant: tenant.toLowerCase() }),
  ...(permissions !== undefined && { permissions: permissions.split(/[\s,]+/).filter((name) => name !== '') }),
  ...(expires !== undefined && { expires: Number(expires) }),
})
process.stdout.write(`${token}\n`)
