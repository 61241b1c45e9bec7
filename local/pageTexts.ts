import { mintToken, PARTNER_TENANT } from './mintToken'
import type { Texts } from './ownText'

/** The tenant of this run's tokens: the first of the allow-list, otherwise the default one. */
export const allowedTenant = (): string => {
  const list = process.env.AUTH_ALLOWED_TENANTS?.toLowerCase() ?? ''
  return /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(list)?.[0] ?? PARTNER_TENANT
}

/** Whether tokens come from the issuer of this run. */
export const hasOwnIssuer = (): boolean => process.env.AUTH_AUTHORITY?.startsWith('http://127.0.0.1') === true

/** What a local run gives its reference page: a token, so that the first request takes one click. */
export const pageTexts = (): Texts => ({
  '/.local/token': () => (hasOwnIssuer() ? mintToken({ tenant: allowedTenant() }) : ''),
})
