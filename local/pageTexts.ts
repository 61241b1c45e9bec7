import { mintToken, PARTNER_TENANT } from './mintToken'
import type { Texts } from './ownText'

/** The tenant that tokens of this run are for: the first of an allow-list; where it names none, or there is none, the usual one. */
export const allowedTenant = (): string => {
  const list = process.env.AUTH_ALLOWED_TENANTS?.toLowerCase() ?? ''
  return /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(list)?.[0] ?? PARTNER_TENANT
}

/** Whether tokens come from the issuer of this run. */
export const hasOwnIssuer = (): boolean => process.env.AUTH_AUTHORITY?.startsWith('http://127.0.0.1') === true

/** What the reference page of a local run finds beside the app: a token, so that its first request is one click. */
export const pageTexts = (): Texts => ({
  '/.local/token': () => (hasOwnIssuer() ? mintToken({ tenant: allowedTenant() }) : ''),
})
