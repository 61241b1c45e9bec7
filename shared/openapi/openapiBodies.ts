import type { JsonObject } from '../basics/isObject'
import {
  collectionExample,
  createdExample,
  createExample,
  entityExample,
  patchExample,
  summaryExample,
} from '../description/examples'
import type { AnswerFacts, Operation } from '../description/operation'
import type { Root } from '../odata/urls'
import { isRequired } from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { collectionName, componentName, schemaRef } from './openapiSchemas'

// What a request of each verb carries.
const REQUESTS: Readonly<Record<string, (resource: Resource) => JsonObject>> = {
  // What must be given stands with the create: a change may leave everything out.
  create: (resource) => {
    const required = resource.settable.filter(isRequired).map(({ name }) => name)
    return json({ ...entityRef(resource), required }, createExample(resource))
  },
  patch: (resource) => json(entityRef(resource), patchExample(resource)),
  bulk: (resource) => json(entitiesOf(entityRef(resource), 1), { value: [createExample(resource)] }),
}

/** The verbs whose bodies are described. */
export const describedBodies: readonly string[] = Object.keys(REQUESTS)

/** The body of a request. */
export function requestBody({ resource, verb }: Operation): JsonObject {
  return { required: true, content: REQUESTS[verb.name]?.(resource) ?? {} }
}

// What an answer carries.
const ANSWERS: Readonly<
  Record<AnswerFacts['body'], (resource: Resource, root: Root, isNew: boolean) => JsonObject | undefined>
> = {
  none: () => undefined,
  entity: (resource, root, isNew) =>
    json(entityRef(resource), isNew ? createdExample(resource, root) : entityExample(resource, root)),
  collection: (resource, root) => json(schemaRef(collectionName(resource)), collectionExample(resource, root)),
  // What failed is an object of its own kind, so an entity of a delta may be anything.
  delta: () => json(entitiesOf({ type: 'object', additionalProperties: true }, 0), { '@odata.count': 1, value: [] }),
  value: (resource, root) => json(schemaRef(componentName(`${resource.name}Summary`)), summaryExample(root)),
  count: () => ({ 'text/plain': { schema: { type: 'integer', format: 'int64', minimum: 0 }, example: 42 } }),
}

/** The content of an answer that says that an operation succeeded. */
export function answerContent({ resource, verb }: Operation, { body }: AnswerFacts, root: Root): JsonObject {
  const content = ANSWERS[body](resource, root, verb.name === 'create')
  return content === undefined ? {} : { content }
}

function entityRef({ name }: Resource): JsonObject {
  return schemaRef(componentName(name))
}

const MAX_ENTITIES = 1000

function entitiesOf(items: JsonObject, minItems: number): JsonObject {
  const count =
    minItems === 0 ? { '@odata.count': { type: 'integer', description: 'Entities that are stored now.' } } : {}
  const value = { type: 'array', items, minItems, maxItems: MAX_ENTITIES, description: 'The entities.' }
  return { type: 'object', required: ['value'], properties: { ...count, value } }
}

function json(schema: JsonObject, example: JsonObject): JsonObject {
  return { 'application/json': { schema, example } }
}
