import createClient from 'openapi-fetch'
import type { Session } from '../session/session'
import { Failure, toFailure } from './failure'
import type { components, paths } from './openapi'

type Schemas = components['schemas']
export type Operation = Schemas['microsoft.graph.managedTenantOperation']
export type Result = Schemas['microsoft.graph.managedTenantOperationResult']
export type HttpExchange = Schemas['microsoft.graph.managedTenantOperationHttpRequest']
export type Summary = Schemas['microsoft.graph.managedTenantOperationSummary']

/** A page of a list. */
export interface Page<T> {
  readonly value?: readonly T[]
  readonly '@odata.nextLink'?: string
  readonly '@odata.count'?: number
}

/** The API, as the signed-in user sees it. */
export type Api = ReturnType<typeof connect>

/** The client of the API, typed by its OpenAPI document. Whatever is not an answer is thrown as a {@link Failure}. */
export function connect(session: Session) {
  const { GET, POST } = createClient<paths>({
    baseUrl: `${location.origin}/beta`,
    fetch: (request) => fetchSigned(session, request),
  })
  return {
    get: GET,
    post: POST,
  }
}

async function fetchSigned(session: Session, request: Request): Promise<Response> {
  let response = await send(request.clone(), await session.token())
  // A token may expire, or be revoked, while somebody looks.
  if (response.status === 401) response = await send(request, await session.token(true))
  if (response.ok) return response
  throw await toFailure(response)
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token === undefined) throw new Failure('signedOut', 'You are not signed in.')
  request.headers.set('Authorization', `Bearer ${token}`)
  try {
    return await fetch(request)
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new Failure('failed', 'The API cannot be reached. Check your connection.')
  }
}

/** What a call answered; every failure was thrown before. */
export function answered<T>({ data }: { readonly data?: T }): T {
  if (data === undefined) throw new Failure('failed', 'The API answered without a body.')
  return data
}
