const REDACTED = '[redacted]'

const SECRET_HEADERS = new Set(['x-functions-key', 'x-api-key', 'ocp-apim-subscription-key', 'x-ms-client-principal'])
const SECRET_HEADER_PART = /token|secret|authorization|cookie|apikey|api-key/i
const URL_HEADERS = new Set(['location', 'content-location', 'referer', 'operation-location', 'azure-asyncoperation'])
const SECRET_PARAMETERS = new Set(['sig', 'code', 'key', 'password', 'assertion', 'client_assertion'])
const SECRET_PARAMETER_PART = /token|secret/i

// One escape at a time, so that a malformed one does not hide the others; a URL's parser drops tabs and line ends.
const decode = (text: string): string =>
  text
    .replace(/[\t\n\r]/g, '')
    .replaceAll('+', ' ')
    .replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

const isSecretParameter = (name: string): boolean => {
  const plain = decode(name).trim().toLowerCase()
  return SECRET_PARAMETERS.has(plain) || SECRET_PARAMETER_PART.test(plain)
}

// `name=value` pairs as a URL's parser finds them: the value of one ends at the next `&`, whatever else is in it.
const PARAMETER = /(^[?#]|&)([^&=]*)=[^&]*/g

// Pairs inside the value of one that is no secret. A `;`, `?` or `#` ends such a value only in front of another pair.
const INNER = /([?#&;])([^?#&;=]*)=(?:[^?#&;]|[?#;](?![^?#&;=]*=))*/g

// The first colon of a userinfo ends the name; the last `@` before path, query or fragment ends the password.
// A URL's parser takes any number of slashes behind the schemes of the web.
const USERINFO = /^(\s*(?:(?:https?|wss?|ftp):[\\/]*|(?:[a-z][a-z0-9+.-]*:)?[\\/]{2})[^\\/?#:]*:)([^\\/?#]*)@/i

const URL_PARTS = /^([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/

const redactInner = (pair: string): string =>
  pair.replace(INNER, (inner: string, separator: string, name: string) =>
    isSecretParameter(name) ? `${separator}${name}=${REDACTED}` : inner,
  )

const redactParameters = (part: string): string =>
  part.replace(PARAMETER, (pair: string, separator: string, name: string) =>
    isSecretParameter(name) ? `${separator}${name}=${REDACTED}` : redactInner(pair),
  )

/** Replaces the secrets of a URL: the password of a userinfo, and the secret parameters of query and fragment. */
export const redactUrl = (url: string): string => {
  if (!/[@?#]/.test(url)) return url
  return url
    .replace(USERINFO, `$1${REDACTED}@`)
    .replace(
      URL_PARTS,
      (_, path: string, query = '', fragment = '') => path + redactParameters(query) + redactParameters(fragment),
    )
}

const isSecretHeader = (name: string): boolean => SECRET_HEADERS.has(name) || SECRET_HEADER_PART.test(name)

interface Header {
  name?: string | null | undefined
  value?: string | null | undefined
}

/** Replaces the value of a header that carries a secret, and the secrets inside one that carries a URL. */
export const redactHeader = <T extends Header>(header: T): T => {
  const { name, value } = header
  if (typeof name !== 'string' || typeof value !== 'string') return header
  const plain = name.trim().toLowerCase()
  if (isSecretHeader(plain)) return { ...header, value: REDACTED }
  return URL_HEADERS.has(plain) ? { ...header, value: redactUrl(value) } : header
}
