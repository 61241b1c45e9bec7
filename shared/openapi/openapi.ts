import type { JsonObject } from '../basics/isObject'
import {
  type Api,
  type BatchFacts,
  failuresOf,
  failuresOfBatch,
  type Operation,
  operationId,
  pathOf,
  resourcesOf,
  returnedBy,
  startOf,
  type VerbFacts,
} from '../description/operation'
import { SCHEME } from '../description/restrictions'
import type { Root } from '../odata/urls'
import type { Resource } from '../schemas/resource'
import { batchItem } from './openapiBatch'
import { requestBody } from './openapiBodies'
import { errorSchemas } from './openapiErrors'
import { headerParameters, parametersOf } from './openapiParameters'
import { failureExamples, headerComponents, responsesOf } from './openapiResponses'
import { declaredSchemas } from './openapiSchemas'

/** Who issues tokens, and for whom. */
export interface Issuing {
  /** Origin of the authority. */
  readonly authority: string
  /** What tokens are issued for, the first of several. */
  readonly audience: string
}

const TITLE = 'Partner operations ledger'
const ABOUT =
  'A ledger for partners (managed service providers) who run operations across many Microsoft 365 customer tenants. It has the shape of Microsoft Graph. Each partner, the tenant of the token, sees its own records only.'

/** The API as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1): one server, and the paths below its version. */
export function toOpenApi({ operations, batches }: Api, root: Root, issuing: Issuing): JsonObject {
  const resources = resourcesOf(operations)
  const checks = [...operations.flatMap(failuresOf), ...batches.flatMap(failuresOfBatch)]
  return {
    openapi: '3.1.1',
    info: { title: TITLE, version: root.version, description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: `${root.origin}/${root.version}` }],
    tags: [
      ...resources.map(({ container, describe }) => ({ name: container, description: describe })),
      ...batches.map(({ name, describe }) => ({ name, description: describe })),
    ],
    paths: { ...pathsOf(operations, root, issuing), ...batchPaths(batches, root) },
    components: {
      schemas: { ...declaredSchemas(resources, returnedBy(operations)), ...errorSchemas() },
      parameters: headerParameters([...operations.map(({ verb }) => verb), ...batches]),
      headers: headerComponents(),
      examples: failureExamples(checks),
      securitySchemes: securitySchemes(resources, issuing),
    },
  }
}

function pathsOf(operations: readonly Operation[], root: Root, issuing: Issuing): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const { verb } = operation
    const path = pathOf(operation)
    const item = paths[path] ?? {}
    // HEAD is answered like GET, and needs no place of its own.
    for (const method of verb.methods.filter((name) => name !== 'HEAD')) {
      item[method.toLowerCase()] = operationObject(operation, root, issuing)
    }
    paths[path] = item
  }
  return paths
}

function batchPaths(batches: readonly BatchFacts[], root: Root): JsonObject {
  return Object.fromEntries(batches.map((batch) => [`/${batch.route}`, batchItem(batch, root)]))
}

function operationObject(operation: Operation, root: Root, { audience }: Issuing): JsonObject {
  const { resource, verb, through } = operation
  const { read, write } = resource.permissions
  const start = startOf(operation)
  const sufficient = verb.access === 'write' ? [write] : [read, write]
  return {
    operationId: operationId(operation),
    tags: [start.container],
    summary: `${verb.title} ${isOfOne(verb) ? resource.name : resource.container}${through === undefined ? '' : ` of a ${start.name}`}`,
    description: `${verb.describe}\n\nPermission: ${sufficient.map((name) => `\`${name}\``).join(' or ')}.`,
    parameters: parametersOf(operation),
    ...(verb.hasBody ? { requestBody: requestBody(operation) } : {}),
    responses: responsesOf(operation, root),
    security: [...sufficient.map((name) => ({ [SCHEME]: [scopeOf(audience, name)] })), { bearer: [] }],
    ...(verb.queryOptions.includes('skiptoken')
      ? { 'x-ms-pageable': { nextLinkName: '@odata.nextLink', itemName: 'value' } }
      : {}),
  }
}

function isOfOne({ suffix, hasBody }: VerbFacts): boolean {
  return suffix.startsWith('/{id}') || hasBody
}

function securitySchemes(resources: readonly Resource[], { authority, audience }: Issuing): JsonObject {
  const names = new Set(resources.flatMap(({ permissions }) => [permissions.read, permissions.write]))
  const scopes = Object.fromEntries([...names].sort().map((name) => [scopeOf(audience, name), name]))
  const tokenUrl = `${authority}/organizations/oauth2/v2.0/token`
  return {
    [SCHEME]: {
      type: 'oauth2',
      description:
        'Microsoft Entra ID. In place of `organizations` the tenant of the partner; with client credentials it must be, and the scope is `.default`.',
      flows: {
        authorizationCode: { authorizationUrl: `${authority}/organizations/oauth2/v2.0/authorize`, tokenUrl, scopes },
        clientCredentials: {
          tokenUrl,
          scopes: { [scopeOf(audience, '.default')]: 'The application permissions that were consented to.' },
        },
      },
    },
    bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token from wherever.' },
  }
}

function scopeOf(audience: string, name: string): string {
  return `${audience.includes('://') ? audience : `api://${audience}`}/${name}`
}
