import type { HttpExchange } from '../api/client'

/** The recorded request as a curl command for a POSIX shell; secrets in it are `[redacted]` as in the record. */
export function toCurl({ request }: HttpExchange): string {
  const { method, url, headers, body } = request ?? {}
  const parts = [
    `curl -X ${quote(method ?? 'GET')} ${quote(url ?? '')}`,
    ...(headers ?? []).map(({ name, value }) => `-H ${quote(`${name}: ${value ?? ''}`)}`),
    ...(body === undefined || body === null || body === '' ? [] : [`--data-raw ${quote(body)}`]),
  ]
  return parts.join(' \\\n  ')
}

function quote(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
