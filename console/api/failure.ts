/** `signedOut`: no token, or none that the API takes; `forbidden`: 403; `missing`: 404; `failed`: anything else. */
export type FailureKind = 'signedOut' | 'forbidden' | 'missing' | 'failed'

/** Why there is no answer to show. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  /** Under which the operators of the API find the request, where there is one. */
  readonly requestId: string | undefined
  /** Seconds after which the API wants to be asked again, where it says so. */
  readonly retryAfter: number | undefined

  constructor(kind: FailureKind, message: string, requestId?: string, retryAfter?: number) {
    super(message)
    this.kind = kind
    this.requestId = requestId
    this.retryAfter = retryAfter
  }
}

const kinds: Readonly<Record<number, FailureKind>> = { 401: 'signedOut', 403: 'forbidden', 404: 'missing' }

/** The failure that a response of the API stands for; its body is an OData error, or whatever a proxy made of it. */
export async function toFailure(response: Response): Promise<Failure> {
  const text = await response.text().catch(() => '')
  const message = messageIn(text) ?? `The API answered ${response.status} ${response.statusText}`.trim()
  const { headers, status } = response
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN)
  return new Failure(
    kinds[status] ?? 'failed',
    message,
    headers.get('request-id') ?? undefined,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  )
}

/** What was thrown, as a failure. */
export function asFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure('failed', messageOf(error))
}

function messageIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text)
    return typeof error?.message === 'string' ? error.message : undefined
  } catch {
    return undefined
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
