import type { HttpExchange } from '../api/client'

/** The recorded request as a curl command for a POSIX shell; secrets in it are `[redacted]` as in the record. */
export function toCurl({ request }: HttpExchange): string {
  const { method, url, headers, body } = request ?? {}
  const parts = [
    `curl -X ${quote(method ?? 'GET')} --url ${quote(url ?? '')}`,
    ...(headers ?? []).flatMap(({ name, value }) => (isName(name) ? [`-H ${quote(`${name}: ${value ?? ''}`)}`] : [])),
    ...(body === undefined || body === null || body === '' ? [] : [`--data-raw ${quote(body)}`]),
  ]
  return parts.join(' \\\n  ')
}

// What is no name (RFC 9110) cannot have been sent, and curl takes `@file` for a file of headers.
function isName(name: string | null | undefined): boolean {
  return /^[!#$%&'*+\-.^_`|~\w]+$/.test(name ?? '')
}

function quote(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
