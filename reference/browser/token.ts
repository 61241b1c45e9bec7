/** The token that a local run gives its own page. A deployed service has no such token and is not asked. */
export async function readToken(): Promise<string | undefined> {
  const authority = document.querySelector<HTMLMetaElement>('meta[name=authority]')?.content ?? ''
  if (!/^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(authority)) return undefined
  const response = await fetch('/.local/token')
  return response.ok ? (await response.text()).trim() : undefined
}

/** The tenant that a token is for, as far as it can be read. */
export function tenantOf(token: string): string | undefined {
  try {
    const payload = token.split('.')[1] ?? ''
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    const tenant = typeof claims === 'object' && claims !== null && 'tid' in claims ? claims.tid : undefined
    return typeof tenant === 'string' ? tenant : undefined
  } catch {
    return undefined
  }
}
