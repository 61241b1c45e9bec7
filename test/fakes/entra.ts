import { createHash, randomUUID } from 'node:crypto'

/** An answer of the authority. */
export interface EntraAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Microsoft Entra as a browser meets it: where a user signs in, and where the page redeems the code for tokens. */
export interface Entra {
  /** What each visit to the sign-in page asked for. */
  readonly visits: URLSearchParams[]
  /** What each request for tokens asked for. */
  readonly redemptions: URLSearchParams[]
  /** The error that the user comes back with instead of a code. */
  refusesUser: { readonly error: string; readonly description: string } | undefined
  /** What it answers a request for tokens with instead of any. */
  refusesTokens: { readonly error: string; readonly suberror?: string } | undefined
  /** Seconds for which access tokens are valid, as it says. */
  expiresIn: number
  readonly answer: (method: string, url: URL, body: string) => EntraAnswer
}

const TENANT = '5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4'
const USER = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'

/** Starts with a user who consents to everything. `mint`: makes an access token. */
export const startEntra = (mint: () => string): Entra => {
  const codes = new Map<string, URLSearchParams>()
  const entra: Entra = {
    visits: [],
    redemptions: [],
    refusesUser: undefined,
    refusesTokens: undefined,
    expiresIn: 3600,
    answer: (method, { pathname, searchParams }, body) => {
      if (pathname.endsWith('/oauth2/v2.0/authorize')) return authorize(searchParams)
      if (pathname.endsWith('/oauth2/v2.0/token') && method === 'POST') return redeem(new URLSearchParams(body))
      if (pathname.endsWith('/oauth2/v2.0/logout'))
        return redirect(searchParams.get('post_logout_redirect_uri') ?? '', {})
      return json(404, { error: 'not_found' })
    },
  }

  const authorize = (asked: URLSearchParams): EntraAnswer => {
    entra.visits.push(asked)
    const state = asked.get('state') ?? ''
    const target = asked.get('redirect_uri') ?? ''
    if (entra.refusesUser !== undefined) {
      const { error, description } = entra.refusesUser
      return redirect(target, { error, error_description: description, state })
    }
    const code = randomUUID()
    codes.set(code, asked)
    return redirect(target, { code, state, client_info: clientInfo(), session_state: randomUUID() })
  }

  const redeem = (asked: URLSearchParams): EntraAnswer => {
    entra.redemptions.push(asked)
    if (entra.refusesTokens !== undefined) return json(400, { ...entra.refusesTokens, error_description: 'AADSTS0.' })
    const visit = codes.get(asked.get('code') ?? '')
    if (asked.get('grant_type') === 'authorization_code' && !isProven(visit, asked.get('code_verifier') ?? ''))
      return json(400, { error: 'invalid_request', error_description: 'AADSTS501481: the code verifier is wrong.' })
    codes.delete(asked.get('code') ?? '')
    return json(200, {
      token_type: 'Bearer',
      scope: asked.get('scope'),
      expires_in: entra.expiresIn,
      access_token: mint(),
      refresh_token: `refresh-${randomUUID()}`,
      id_token: idToken(asked.get('client_id') ?? '', visit?.get('nonce') ?? undefined),
      client_info: clientInfo(),
    })
  }

  return entra
}

// RFC 7636, S256.
const isProven = (visit: URLSearchParams | undefined, verifier: string): boolean =>
  visit?.get('code_challenge') === createHash('sha256').update(verifier).digest('base64url')

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

const clientInfo = (): string => encode({ uid: USER, utid: TENANT })

// The browser does not verify the signature of what it got over TLS.
const idToken = (audience: string, nonce: string | undefined): string => {
  const seconds = Math.floor(Date.now() / 1000)
  const claims = {
    aud: audience,
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    name: 'Adele Vance',
    nonce,
    oid: USER,
    preferred_username: 'adele.vance@partner.example',
    sub: 'pairwise',
    tid: TENANT,
    ver: '2.0',
  }
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.`
}

const redirect = (target: string, values: Readonly<Record<string, string>>): EntraAnswer => {
  const fragment = new URLSearchParams(values).toString()
  return { status: 302, headers: { location: fragment === '' ? target : `${target}#${fragment}` }, body: '' }
}

const json = (status: number, content: object): EntraAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
  body: JSON.stringify(content),
})
