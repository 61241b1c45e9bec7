import { createHash } from 'node:crypto'
import { endpoints } from '../shared/http/register'
import { toOpenApi } from '../shared/openapi/openapi'
import { apiOf } from '../shared/pages/describe'

// What the console asks.
const PATHS: Readonly<Record<string, 'get' | 'post'>> = {
  '/managedTenantOperations': 'get',
  '/managedTenantOperations/{id}': 'get',
  '/managedTenantOperations/{id}/summary': 'get',
  '/managedTenantOperations/{id}/results': 'get',
  '/managedTenantOperations/{id}/httpRequests': 'get',
  '/managedTenantOperationResults': 'get',
  '/$batch': 'post',
}

/** The part of the OpenAPI document that the console's client is typed by: its requests and their answers of 200. */
export function consoleDocument(): object {
  const document = toOpenApi(apiOf(endpoints), { origin: '', version: 'beta' }, { authority: '', audience: '' })
  const { openapi, info, paths, components } = JSON.parse(JSON.stringify(document, withoutExample))
  const used = Object.entries(PATHS).map(([path, method]) => [path, { [method]: toUsed(paths[path][method]) }])
  const { schemas } = components
  const reached = reachable(JSON.stringify(used), schemas)
  return {
    openapi,
    info,
    paths: Object.fromEntries(used),
    components: { schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name))) },
  }
}

/** Tells a document from one that differs. */
export function hashOf(document: object): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex')
}

interface Used {
  readonly parameters?: readonly { readonly in?: string }[]
  readonly requestBody?: object
  readonly responses: { readonly 200: { readonly description: string; readonly content: object } }
}

function toUsed({ parameters = [], requestBody, responses }: Used): object {
  const { description, content } = responses[200]
  // A reference is to a header.
  const sent = parameters.filter((parameter) => parameter.in === 'query' || parameter.in === 'path')
  return { parameters: sent, requestBody, responses: { 200: { description, content } } }
}

function withoutExample(name: string, value: unknown): unknown {
  return name === 'example' ? undefined : value
}

function reachable(text: string, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const found = new Set<string>()
  const look = (where: string): void => {
    for (const [, name = ''] of where.matchAll(/#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue
      found.add(name)
      look(JSON.stringify(schemas[name]))
    }
  }
  look(text)
  return found
}
