import type { Config } from '../config'
import type { Endpoint } from '../http/endpoint'
import { unknownVersion } from '../http/versions'
import { managedTenantOperationResult } from '../schemas/managedTenantOperationResult'
import type { Services } from '../services'
import { appIdOf } from './describe'
import { answerFile, answerPage } from './files'

const METHODS = ['GET', 'HEAD'] as const

/** The page for the people behind the automation. It has no data of its own: it asks the API, with their tokens. */
export const consolePage: Endpoint = {
  methods: METHODS,
  route: 'console',
  alwaysAdmitted: true,
  work: async (request, services) => {
    const { auth, console } = enabled(services)
    const values = { authority: authorityOf(auth), scope: scopeOf(auth), clientId: console.clientId ?? '' }
    return answerPage(request, services, 'console', values, { connect: auth.authority })
  },
}

/** The other files of the page. */
export const consoleFile: Endpoint = {
  methods: METHODS,
  route: 'console/{file}',
  alwaysAdmitted: true,
  work: async (request, services) => {
    enabled(services)
    return answerFile(request, services, 'console', request.params.file ?? '')
  },
}

function enabled({ config }: Services): Config {
  if (!config.console.isEnabled) throw unknownVersion()
  return config
}

// A client of one tenant alone cannot sign anybody in without naming the tenant.
function authorityOf({ authority, allowedTenants }: Config['auth']): string {
  const [tenant] = allowedTenants?.size === 1 ? allowedTenants : []
  return `${authority}/${tenant ?? 'organizations'}`
}

function scopeOf({ audience }: Config['auth']): string {
  return `${appIdOf(audience)}/${managedTenantOperationResult.permissions.read}`
}
