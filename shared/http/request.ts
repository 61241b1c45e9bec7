import type { HttpRequest } from '@azure/functions'
import type { Body } from '../verbs/verb'

/** A request as the pipeline takes it, wherever it comes from: the platform, or another request that carries it. */
export interface Request {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: Headers
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** Where its collection stands below another path than its own: that path, and a slash. */
  readonly below?: string
  /** The bytes of the body, or its JSON where another request carried it; undefined where that carried none. */
  readonly body: () => Promise<ArrayBuffer | Body | undefined>
}

/** The platform's request in our form. */
export function fromPlatform(request: HttpRequest): Request {
  const { method, url, headers, params } = request
  return { method, url, headers, params, body: () => request.arrayBuffer() }
}
