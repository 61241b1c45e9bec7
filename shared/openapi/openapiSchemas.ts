import type { JsonObject } from '../basics/isObject'
import { GRAPH, namedTypes } from '../description/edmTypes'
import {
  type ComplexType,
  type EdmType,
  type EnumType,
  MAX_ELEMENTS,
  type PrimitiveType,
  type Property,
  type Structure,
} from '../schemas/property'
import type { Resource } from '../schemas/resource'
import { INT32_MAX, UNKNOWN_FUTURE_VALUE } from '../schemas/types'

/** The components of everything that is declared, named as Graph names them. */
export function declaredSchemas(resources: readonly Resource[], returned: Structure): JsonObject {
  const answers = new Set([...returned.properties.values()].map(({ type }) => type))
  const named = [...namedTypes([...resources, returned])].map(([name, type]) => [
    componentName(name),
    type.kind === 'enum' ? enumSchema(type) : complexSchema(type, answers.has(type)),
  ])
  const entities = resources.flatMap((resource) => [
    [componentName(resource.name), entitySchema(resource)],
    [collectionName(resource), collectionSchema(resource)],
  ])
  return Object.fromEntries([...entities, ...named])
}

/** Name of the component of a type. */
export function componentName(name: string): string {
  return `${GRAPH}.${name}`
}

/** Name of the component of a page of entities. */
export function collectionName({ name }: Resource): string {
  return componentName(`${name}CollectionResponse`)
}

/** A reference to a component. */
export function schemaRef(component: string): JsonObject {
  return { $ref: `#/components/schemas/${component}` }
}

const ETAG = { type: 'string', readOnly: true, description: 'Version of the entity, for If-Match.' }
const CONTEXT = { type: 'string', readOnly: true, description: 'Where the model describes what is in this answer.' }

function entitySchema({ name, namespace, describe, open, properties }: Resource): JsonObject {
  return {
    title: name,
    description: describe,
    type: 'object',
    properties: {
      '@odata.context': CONTEXT,
      '@odata.type': { type: 'string', description: `#${namespace}.${name}; need not be sent.` },
      '@odata.etag': ETAG,
      ...propertySchemas(properties),
    },
    additionalProperties: open,
  }
}

function collectionSchema(resource: Resource): JsonObject {
  return {
    title: `Page of ${resource.container}`,
    type: 'object',
    properties: {
      '@odata.context': CONTEXT,
      '@odata.count': {
        type: 'integer',
        format: 'int64',
        minimum: 0,
        description: 'The total number; only with `$count=true`.',
      },
      '@odata.nextLink': { type: 'string', description: 'Address of the next page; absent on the last one.' },
      value: { type: 'array', items: schemaRef(componentName(resource.name)), description: 'The entities.' },
    },
    additionalProperties: false,
  }
}

// What is answered by itself has a context, and what stands in an entity may have its type.
function complexSchema({ name, open, properties }: ComplexType, isAnswer: boolean): JsonObject {
  return {
    title: name,
    type: 'object',
    properties: {
      ...(isAnswer
        ? { '@odata.context': CONTEXT }
        : { '@odata.type': { type: 'string', description: `${GRAPH}.${name}; need not be sent.` } }),
      ...propertySchemas(properties),
    },
    additionalProperties: open,
  }
}

function enumSchema({ name, members, hidden }: EnumType): JsonObject {
  const isEvolvable = members.includes(UNKNOWN_FUTURE_VALUE)
  const after = hidden.map((member) => `\`${member}\``).join(', ')
  const evolution = `\`${UNKNOWN_FUTURE_VALUE}\` stands for members that a client does not know, and is never sent.`
  const needs = after === '' ? '' : ` ${after}: only with \`Prefer: include-unknown-enum-members\`.`
  return {
    title: name,
    type: 'string',
    enum: members,
    ...(isEvolvable ? { description: evolution + needs } : {}),
    'x-ms-enum': { name, modelAsString: isEvolvable, values: members.map((value) => ({ value, name: value })) },
  }
}

function propertySchemas(properties: Structure['properties']): JsonObject {
  return Object.fromEntries([...properties].map(([name, property]) => [name, propertySchema(property)]))
}

function propertySchema(property: Property): JsonObject {
  const { type, describe, collection, nullable, computed, immutable, writeOnly, initial, knownAtTimes } = property
  // A stored collection is never null in an answer; a null in a request stands for the initial value.
  const value = collection
    ? { type: knownAtTimes === true ? ['array', 'null'] : 'array', items: typeSchema(type), maxItems: MAX_ELEMENTS }
    : nullable
      ? orNull(typeSchema(type))
      : typeSchema(type)
  return {
    ...value,
    ...(describe === undefined ? {} : { description: describe }),
    ...(typeof initial === 'string' && computed !== true ? { default: initial } : {}),
    ...(computed === true ? { readOnly: true } : {}),
    ...(writeOnly === true ? { writeOnly: true } : {}),
    ...(immutable === true ? { 'x-ms-mutability': ['create', 'read'] } : {}),
  }
}

function typeSchema(type: EdmType): JsonObject {
  return type.kind === 'primitive' ? primitiveSchema(type) : schemaRef(componentName(type.name))
}

// A simple type is not wrapped in anyOf, because generators turn wrappers into classes.
function orNull(schema: JsonObject): JsonObject {
  return '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : { ...schema, type: [schema.type, 'null'] }
}

function primitiveSchema({ name, minLength, maxLength, minimum, guid }: PrimitiveType): JsonObject {
  if (name === 'Edm.Guid' || guid === 'always') return { type: 'string', format: 'uuid' }
  if (name === 'Edm.Boolean') return { type: 'boolean' }
  if (name === 'Edm.DateTimeOffset') return { type: 'string', format: 'date-time' }
  if (name === 'Edm.Int32') return { type: 'integer', format: 'int32', minimum, maximum: INT32_MAX }
  return {
    type: 'string',
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
  }
}
