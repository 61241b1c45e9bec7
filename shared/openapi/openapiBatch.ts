import documented from '../../examples/batch.json'
import type { JsonObject } from '../basics/isObject'
import { type BatchFacts, failuresOfBatch } from '../description/operation'
import { SCHEME } from '../description/restrictions'
import { toETag } from '../odata/etag'
import type { Root } from '../odata/urls'
import { headerParametersOf } from './openapiParameters'
import { failureResponses, headerRefs } from './openapiResponses'

/** The path item of batches (OData JSON 4.01, 19). */
export function batchItem(batch: BatchFacts, root: Root): JsonObject {
  const operation = {
    operationId: batch.name,
    tags: [batch.name],
    summary: batch.title,
    description: `${batch.describe}\n\nPermission: the one that each request needs.`,
    parameters: headerParametersOf(batch),
    requestBody: { required: true, content: json(requestSchema(batch), documented.body) },
    responses: { ...successes(batch, root), ...failureResponses(failuresOfBatch(batch)) },
    security: [{ [SCHEME]: [] }, { bearer: [] }],
  }
  return Object.fromEntries(batch.methods.map((method) => [method.toLowerCase(), operation]))
}

function successes(batch: BatchFacts, root: Root): JsonObject {
  const answers = Object.entries(batch.answers).map(([status, { describe, headers }]) => [
    status,
    { description: describe, headers: headerRefs(headers), content: json(responseSchema(batch), answerExample(root)) },
  ])
  return Object.fromEntries(answers)
}

const HEADERS: JsonObject = { type: 'object', additionalProperties: { type: 'string' } }

function requestSchema({ minRequests, maxRequests, requestMethods, bodiless }: BatchFacts): JsonObject {
  const properties = {
    id: text('Id of the request, unique within the batch, ignoring case.'),
    method: text(`One of ${list(requestMethods)}, in upper or lower case.`),
    url: text(
      'Relative to the version, with or without a leading `/`; a path that begins with a version; or an absolute URL of this service.',
    ),
    headers: {
      ...HEADERS,
      description:
        'Headers of the request. A body needs a Content-Type of `application/json`. Authorization is that of the batch and must be left out.',
    },
    body: { description: `The body as JSON. Not allowed with ${list(bodiless)}.` },
    dependsOn: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: 'Ids of earlier requests. If one of them fails, this request is not run and its status is 424.',
    },
  }
  const items = { type: 'object', required: ['id', 'method', 'url'], properties }
  return listed('requests', { items, minItems: minRequests, maxItems: maxRequests, description: 'The requests.' })
}

function responseSchema({ minRequests, maxRequests }: BatchFacts): JsonObject {
  const properties = {
    id: text('Id of the request.'),
    status: { type: 'integer', format: 'int32', minimum: 200, maximum: 599, description: 'The HTTP status.' },
    headers: { ...HEADERS, description: 'The response headers.' },
    body: { description: 'The body as JSON, or as a string if it is text; left out if there is none.' },
  }
  const items = { type: 'object', required: ['id', 'status', 'headers'], properties }
  const description = 'One answer for each request, in the same order.'
  return listed('responses', { items, minItems: minRequests, maxItems: maxRequests, description })
}

function listed(name: string, array: JsonObject): JsonObject {
  return { type: 'object', required: [name], properties: { [name]: { type: 'array', ...array } } }
}

const REQUEST_ID = '6b2b2eb5-66b8-4628-9e47-2ae7b82d1523'
const COMMON = {
  'request-id': REQUEST_ID,
  'client-request-id': REQUEST_ID,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'OData-Version': '4.0',
}

// The documented requests are two minimal creates and a count.
function answerExample({ origin, version }: Root): JsonObject {
  const responses = documented.body.requests.map(({ id, method, url }) => {
    if (method === 'GET') {
      return { id, status: 200, headers: { ...COMMON, 'Content-Type': 'text/plain;charset=utf-8' }, body: '1' }
    }
    const address = `${origin}/${version}${url}/6d2f8a41-93b7-4c05-a8e6-2b71d94f0c53`
    const entity = { ETag: toETag('"00000000-0000-0000-0000-000000000000"'), Location: address }
    const headers = { ...COMMON, ...entity, 'OData-EntityId': address, 'Preference-Applied': 'return=minimal' }
    return { id, status: 204, headers }
  })
  return { responses }
}

function text(description: string): JsonObject {
  return { type: 'string', minLength: 1, description }
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

function json(schema: JsonObject, example: JsonObject): JsonObject {
  return { 'application/json': { schema, example } }
}
