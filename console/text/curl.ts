import type { HttpExchange } from '../api/client'

/**
 * The recorded request as a curl command for a POSIX shell; secrets in it are `[redacted]` as in the record. Without
 * globbing, since the brackets of a URL are its own.
 */
export function toCurl({ request }: HttpExchange): string {
  const { method, url, headers, body } = request ?? {}
  // With -X alone curl would wait for the body of a HEAD.
  const verb = method === 'HEAD' ? '--head' : `-X ${quote(method ?? 'GET')}`
  const parts = [
    `curl --globoff ${verb} --url ${quote(url ?? '')}`,
    // Without a value, a colon would remove the header.
    ...(headers ?? []).flatMap(({ name, value }) =>
      isName(name) ? [`-H ${quote(value ? `${name}: ${value}` : `${name};`)}`] : [],
    ),
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
