import type { JsonObject } from '../basics/isObject'
import { meanings } from '../description/meanings'
import { failuresByStatus, failuresOf, type Operation } from '../description/operation'
import { type Failure, failures, type statuses } from '../errors'
import type { Root } from '../odata/urls'
import { answerContent } from './openapiBodies'
import { schemaRef } from './openapiSchemas'

/** The answers to an operation, by status: those that say that it succeeded, and every failure that it can have. */
export function responsesOf(operation: Operation, root: Root): JsonObject {
  const succeeded = Object.entries(operation.verb.answers).map(([status, facts]) => [
    status,
    { description: facts.describe, headers: headerRefs(facts.headers), ...answerContent(operation, facts, root) },
  ])
  return { ...Object.fromEntries(succeeded), ...failureResponses(failuresOf(operation)) }
}

/** The answers to a request in which these checks can fail, by status. */
export function failureResponses(checks: readonly Failure[]): JsonObject {
  const failed = [...failuresByStatus(checks)].map(([status, some]) => [String(status), failureResponse(status, some)])
  return Object.fromEntries(failed)
}

/** An example of each failure, as components. */
export function failureExamples(checks: readonly Failure[]): JsonObject {
  const possible = new Set<string>(checks)
  return Object.fromEntries(
    Object.entries(failures)
      .filter(([failure]) => possible.has(failure))
      .map(([failure, code]) => [failure, { summary: failure, value: envelope(failure as Failure, code) }]), // a key of it
  )
}

const HEADERS: Readonly<Record<string, string>> = {
  'request-id': 'Id of this request, to quote in a report.',
  'client-request-id': "The client's own id of the request where it is a GUID, else the request-id.",
  'OData-Version': 'Version of the protocol.',
  ETag: 'Version of the entity, for If-Match and If-None-Match.',
  Location: 'Address of the new entity.',
  'OData-EntityId': 'Address of the new entity, where the answer has no body.',
  'Preference-Applied': 'The preferences that shaped the answer.',
  'Repeatability-Result': '`accepted`, or `rejected` where the id was used with another body.',
  'Retry-After': 'Seconds to wait before the same request is sent again.',
  'WWW-Authenticate': 'Where tokens come from, and what is wrong with this one.',
}

/** Every header of an answer, as components. */
export function headerComponents(): JsonObject {
  return Object.fromEntries(
    Object.entries(HEADERS).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  )
}

/** Headers that failures of a status have, beside those of every answer. */
export const FAILURE_HEADERS: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

/** References to headers of an answer, including those that every answer has. */
export function headerRefs(
  names: readonly string[],
  common = ['request-id', 'client-request-id', 'OData-Version'],
): JsonObject {
  return Object.fromEntries([...names, ...common].map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

function failureResponse(status: number, checks: readonly Failure[]): JsonObject {
  return {
    description: checks.map((check) => `\`${check}\`: ${meanings[check]}.`).join(' '),
    headers: headerRefs(FAILURE_HEADERS[status] ?? [], ['request-id', 'client-request-id']),
    content: {
      'application/json': {
        schema: schemaRef(ERROR),
        examples: Object.fromEntries(checks.map((check) => [check, { $ref: `#/components/examples/${check}` }])),
      },
    },
  }
}

function envelope(failure: Failure, code: keyof typeof statuses): JsonObject {
  const innerError = {
    code: failure,
    date: '2026-11-23T10:55:47',
    'request-id': '6b2b2eb5-66b8-4628-9e47-2ae7b82d1523',
    'client-request-id': '0f9d1c7a-4e63-4b58-a2d1-96c8e35b70f4',
  }
  return { error: { code, message: `${meanings[failure]}.`, innerError } }
}

/** Name of the component of every failure. */
export const ERROR = 'microsoft.graph.ODataErrors.ODataError'
