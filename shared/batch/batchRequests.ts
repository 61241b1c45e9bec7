import { isObject, type JsonObject } from '../basics/isObject'
import { ApiError, type Detail, MAX_BODY_BYTES } from '../errors'
import { isJsonType } from '../headers/content'
import { parseVersion } from '../http/versions'
import { invalidPayload } from '../payload/details'
import type { Body } from '../verbs/verb'

/** The requests that a batch may have. */
export const [MIN_REQUESTS, MAX_REQUESTS] = [1, 20]

/** The methods that a request of a batch may have, and those of them that take no body. */
export const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
export const BODILESS: readonly string[] = ['GET', 'HEAD', 'DELETE']

/** One request of a batch. */
export interface BatchRequest {
  readonly id: string
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: Headers
  readonly body: Body | undefined
  /** Ids of earlier requests, in lower case as `keyOf` makes them. */
  readonly dependsOn: readonly string[]
}

/** Where a batch was sent to. */
export interface BatchAddress {
  /** The origin that its requests get: that of the batch itself. */
  readonly origin: string
  /** Another origin under which the service is known. */
  readonly publicOrigin: string | undefined
  readonly version: string
}

/** Ids of requests are compared in any case. */
export function keyOf(id: string): string {
  return id.toLowerCase()
}

/**
 * The requests of a batch (OData JSON 4.01, 19). Throws `invalidPayload` with each problem, and `unsupportedOperation`
 * where requests are to be carried out together or on a condition.
 */
export function parseBatch({ value, bytes }: Body, address: BatchAddress): readonly BatchRequest[] {
  if (!isObject(value)) throw new ApiError('invalidPayload', 'The request body must be a JSON object.')
  const given = value.requests
  if (Array.isArray(given)) refuseUnsupported(given)
  const parsing: Parsing = { address, bytes, details: [], earlier: new Set() }
  const count = Array.isArray(given) ? given.length : 0
  if (!Array.isArray(given)) report(parsing, given === undefined ? 'required' : 'invalidType', 'requests', 'an array')
  if (Array.isArray(given) && (count < MIN_REQUESTS || count > MAX_REQUESTS)) {
    report(parsing, 'invalidLength', 'requests', `an array of ${MIN_REQUESTS} to ${MAX_REQUESTS} requests`)
  }
  const elements: readonly unknown[] = Array.isArray(given) ? given.slice(0, MAX_REQUESTS) : []
  const requests = elements.map((element, index) => parseRequest(element, `requests[${index}]`, parsing))
  const [first, ...rest] = parsing.details
  if (first !== undefined) throw invalidPayload([first, ...rest])
  return requests
}

interface Parsing {
  readonly address: BatchAddress
  /** Bytes of the whole batch. */
  readonly bytes: number
  readonly details: Detail[]
  readonly earlier: Set<string>
}

function report({ details }: Parsing, code: Detail['code'], target: string, expected: string): void {
  details.push({ code, target, message: `'${target}' must be ${expected}.` })
}

// Whole-batch promises that the store cannot keep, as each record has a partition of its own.
function refuseUnsupported(requests: readonly unknown[]): void {
  for (const [index, request] of requests.entries()) {
    const name = ['atomicityGroup', 'if'].find((one) => isObject(request) && (request[one] ?? undefined) !== undefined)
    if (name === undefined) continue
    const target = `requests[${index}].${name}`
    throw new ApiError('unsupportedOperation', `'${name}' is not supported: each request stands for itself.`, {
      target,
    })
  }
}

function parseRequest(given: unknown, at: string, parsing: Parsing): BatchRequest {
  const request = isObject(given) ? given : {}
  if (!isObject(given)) report(parsing, 'invalidType', at, 'a JSON object')
  const dependsOn = isObject(given) ? parseDependsOn(request.dependsOn ?? [], at, parsing) : []
  const id = isObject(given) ? parseId(request.id, at, parsing) : ''
  const method = isObject(given) ? parseMethod(request.method, at, parsing) : ''
  const url = isObject(given) ? parseUrl(request.url, at, parsing) : ''
  const headers = parseHeaders(request.headers ?? {}, at, parsing)
  const body = parseBody(request, { method, headers }, at, parsing)
  return { id, method, url, headers, body, dependsOn }
}

function parseId(id: unknown, at: string, parsing: Parsing): string {
  const target = `${at}.id`
  const text = textOf(id, target, parsing)
  if (text === '') return text
  if (parsing.earlier.has(keyOf(text)))
    report(parsing, 'invalidValue', target, 'another id than that of an earlier request')
  parsing.earlier.add(keyOf(text))
  return text
}

function parseMethod(given: unknown, at: string, parsing: Parsing): string {
  const method = textOf(given, `${at}.method`, parsing).toUpperCase()
  if (method !== '' && !METHODS.includes(method)) report(parsing, 'invalidValue', `${at}.method`, 'an HTTP method')
  return method
}

function parseUrl(given: unknown, at: string, parsing: Parsing): string {
  const text = textOf(given, `${at}.url`, parsing)
  const url = text === '' ? '' : toAbsolute(text, parsing.address)
  const expected = "relative to the batch's version, or a URL of this service with a version in it"
  if (url === undefined) report(parsing, 'invalidValue', `${at}.url`, expected)
  return url ?? ''
}

function toAbsolute(given: string, { origin, publicOrigin, version }: BatchAddress): string | undefined {
  const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(given)
  const path = given.replace(/^\//, '')
  const [first] = path.split(/[/?#]/)
  const below = parseVersion(first) === undefined ? `/${version}` : ''
  const text = isAbsolute ? given : `${origin}${below}/${path}`
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  // Dots in a path may have led out of the version.
  if (parseVersion(url.pathname.split('/')[1]) === undefined) return undefined
  return url.origin === origin || url.origin === publicOrigin ? `${origin}${url.pathname}${url.search}` : undefined
}

function parseHeaders(given: unknown, at: string, parsing: Parsing): Headers {
  const headers = new Headers()
  if (!isObject(given)) report(parsing, 'invalidType', `${at}.headers`, 'a JSON object')
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
    const target = `${at}.headers.${name}`
    if (typeof value !== 'string') report(parsing, 'invalidType', target, 'a string')
    else if (!isHeader(name, value)) report(parsing, 'invalidValue', target, 'a header as HTTP has it')
    else headers.append(name, value)
  }
  return headers
}

function isHeader(name: string, value: string): boolean {
  try {
    new Headers().append(name, value)
    return true
  } catch {
    return false
  }
}

function parseBody(
  request: JsonObject,
  { method, headers }: Pick<BatchRequest, 'method' | 'headers'>,
  at: string,
  parsing: Parsing,
): Body | undefined {
  const value = request.body ?? undefined
  if (value === undefined) return undefined
  if (BODILESS.includes(method)) report(parsing, 'invalidValue', `${at}.body`, `absent: ${method} takes no body`)
  else if (!isJsonType(headers.get('content-type') ?? '')) {
    report(
      parsing,
      'required',
      `${at}.headers`,
      "an object with a Content-Type of 'application/json', as there is a body",
    )
  }
  // The batch is an upper bound; only where it says too little the body itself is measured.
  const bytes = parsing.bytes > MAX_BODY_BYTES ? Buffer.byteLength(JSON.stringify(value)) : parsing.bytes
  return { value, bytes }
}

function parseDependsOn(given: unknown, at: string, parsing: Parsing): string[] {
  const elements: readonly unknown[] = Array.isArray(given) ? given : []
  if (!Array.isArray(given)) report(parsing, 'invalidType', `${at}.dependsOn`, 'an array')
  return elements.map((id, index) => {
    const target = `${at}.dependsOn[${index}]`
    const key = typeof id === 'string' ? keyOf(id) : ''
    if (typeof id !== 'string') report(parsing, 'invalidType', target, 'a string')
    else if (!parsing.earlier.has(key)) report(parsing, 'invalidValue', target, 'the id of an earlier request')
    return key
  })
}

function textOf(value: unknown, target: string, parsing: Parsing): string {
  if (typeof value === 'string' && value !== '') return value
  const code = value === undefined || value === null ? 'required' : value === '' ? 'invalidLength' : 'invalidType'
  report(parsing, code, target, 'a string that is not empty')
  return ''
}
