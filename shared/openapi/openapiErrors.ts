import type { JsonObject } from '../basics/isObject'
import { detailCodes, failures, statuses } from '../errors'
import { ERROR } from './openapiResponses'
import { schemaRef } from './openapiSchemas'

const MAIN = 'microsoft.graph.ODataErrors.MainError'
const DETAIL = 'microsoft.graph.ODataErrors.ErrorDetails'
const INNER = 'microsoft.graph.ODataErrors.InnerError'

/** The components of Graph's error envelope, under the names that Graph's own clients have for them. */
export function errorSchemas(): JsonObject {
  const target = {
    type: 'string',
    description: 'Path of a property, or name of a header, query option or path parameter.',
  }
  return {
    [ERROR]: object({ error: schemaRef(MAIN) }, ['error']),
    [MAIN]: object(
      {
        code: { type: 'string', description: `Follows from the status; permanent. ${list(Object.keys(statuses))}.` },
        message: { type: 'string', description: 'For people; may change.', 'x-ms-primary-error-message': true },
        target,
        details: { type: 'array', items: schemaRef(DETAIL), description: 'Every problem of a body.' },
        innerError: schemaRef(INNER),
      },
      ['code', 'message'],
    ),
    [DETAIL]: object(
      {
        code: { type: 'string', description: `What is wrong; permanent. ${list(detailCodes)}.` },
        message: { type: 'string', description: 'For people; may change.' },
        target,
      },
      ['code', 'message'],
    ),
    [INNER]: object({
      code: { type: 'string', description: `The check that failed; permanent. ${list(Object.keys(failures))}.` },
      date: { type: 'string', description: 'When, in UTC and without a zone.' },
      'request-id': { type: 'string', description: 'Id of the request.' },
      'client-request-id': { type: 'string', description: "The client's own id of the request." },
    }),
  }
}

function object(properties: JsonObject, required: readonly string[] = []): JsonObject {
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
