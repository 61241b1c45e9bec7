import type { HeaderField } from '../basics/headerField'
import type { JsonObject } from '../basics/isObject'
import { type Operation, pathOf, startOf, type VerbFacts } from '../description/operation'
import { CASINGS, MATCHES, OPERATORS } from '../filter/filterParser'
import { MAX_LENGTH } from '../filter/filterTokens'
import { MAX_DEPTH, MAX_VALUES } from '../filter/filterTree'
import { groupable, MAX_GROUPS } from '../odata/apply'
import { DEFAULT_TOP, defaultOrder, MAX_TOP, orderable } from '../odata/listOptions'
import type { PathParameter } from '../schemas/pathParameters'
import type { Resource } from '../schemas/resource'

/** The headers that every request may have. */
export const COMMON_HEADERS: readonly HeaderField[] = [
  {
    name: 'client-request-id',
    describe: "A GUID of the client's own, answered and logged, to find the request again.",
    isGuid: true,
  },
  { name: 'OData-MaxVersion', describe: 'The newest version of OData that the client takes: 4.0 or later.' },
]

/** What a client may give with an operation: parts of the path, query options and headers. */
export function parametersOf(operation: Operation): JsonObject[] {
  const { resource, verb } = operation
  return [
    ...Object.entries(resource.parents).map(([name, parameter]) => pathParameter(name, parameter)),
    ...(pathOf(operation).includes('/{id}') ? [idParameter(startOf(operation))] : []),
    ...verb.queryOptions.map((name) => queryOption(name, resource)),
    ...headerParametersOf(verb),
  ]
}

// Anything that reads headers; its name is part of the key of its Prefer header.
type Reading = Pick<VerbFacts, 'name' | 'headers'>

/** References to the headers that a client may send. */
export function headerParametersOf({ name: verb, headers }: Reading): JsonObject[] {
  return [...headers, ...COMMON_HEADERS].map(({ name }) => ({
    $ref: `#/components/parameters/${parameterKey(name, verb)}`,
  }))
}

/** All request headers as components. Prefer differs from verb to verb. */
export function headerParameters(all: readonly Reading[]): JsonObject {
  const own = all.flatMap(({ name, headers }) =>
    headers.map((header) => [parameterKey(header.name, name), header] as const),
  )
  const common = COMMON_HEADERS.map((header) => [parameterKey(header.name, ''), header] as const)
  return Object.fromEntries([...own, ...common].map(([key, header]) => [key, headerParameter(header)]))
}

function parameterKey(name: string, verb: string): string {
  return name === 'Prefer' ? `${name}-${verb}` : name
}

function headerParameter({ name, describe, isGuid, required }: HeaderField): JsonObject {
  return {
    name,
    in: 'header',
    ...(required === true ? { required } : {}),
    description: describe,
    schema: { type: 'string', ...(isGuid === true ? { format: 'uuid' } : {}) },
  }
}

function pathParameter(name: string, { describe, pattern, bounds }: PathParameter): JsonObject {
  const schema = { type: 'string', ...bounds, ...(bounds === undefined ? { pattern: pattern.source } : {}) }
  return { name, in: 'path', required: true, description: describe, schema }
}

function idParameter({ properties }: Resource): JsonObject {
  const description = properties.get('id')?.describe ?? ''
  return { name: 'id', in: 'path', required: true, description, schema: { type: 'string', format: 'uuid' } }
}

const QUERY_OPTIONS: Readonly<Record<string, (resource: Resource) => JsonObject>> = {
  filter: (resource) => ({
    description: `Which entities: comparisons with ${list(OPERATORS)}, and the functions ${list([...MATCHES, ...CASINGS])}, joined by \`and\`, \`or\`, \`not\` and parentheses. At most ${MAX_VALUES} comparisons and list values, \`and\` and \`or\` nested ${MAX_DEPTH} levels deep. Properties: ${list(filterable(resource))}.`,
    schema: { type: 'string', maxLength: MAX_LENGTH },
  }),
  orderby: (resource) => ({
    description: `One property, then \`asc\` or \`desc\`: ${list(orderable(resource))}. Without it \`${defaultOrder(resource)} desc\`.`,
    schema: { type: 'string' },
  }),
  select: ({ open, properties }) => ({
    description: `The properties to answer, separated by commas: ${list([...properties.keys()])}${open ? ', and dynamic ones' : ''}. Without it all.`,
    schema: { type: 'string' },
  }),
  top: () => ({
    description: 'The page size.',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: MAX_TOP, default: DEFAULT_TOP },
  }),
  count: () => ({
    description: 'Whether the answer includes `@odata.count`, the total number of entities.',
    schema: { type: 'boolean', default: false },
  }),
  format: () => ({
    description: '`json`, or `application/json` with `odata.metadata`: stands for the Accept header.',
    schema: { type: 'string' },
  }),
  apply: (resource) => ({
    description: `Counts in place of a page, with no other option: \`aggregate($count as NAME)\`, or \`groupby((PROPERTY[,PROPERTY]),aggregate($count as NAME))\`, with \`filter(…)/\` in front of either, and \`compute(date(createdDateTime) as DAY)/\` in front of groupby. Each member of \`value\` then has what it is grouped by, and the count; there are ${MAX_GROUPS} at most. Properties: ${list(groupable(resource))}.`,
    schema: { type: 'string', maxLength: MAX_LENGTH },
  }),
  skiptoken: () => ({
    description: 'Where the page begins: taken from `@odata.nextLink`, never constructed by a client.',
    schema: { type: 'string' },
  }),
}

/** The query options that are described, without `$`. */
export const describedOptions: readonly string[] = Object.keys(QUERY_OPTIONS)

function queryOption(name: string, resource: Resource): JsonObject {
  return { name: `$${name}`, in: 'query', ...(QUERY_OPTIONS[name]?.(resource) ?? { schema: { type: 'string' } }) }
}

// Of a collection a filter asks whether any element is equal to something.
function filterable({ filterTargets }: Resource): string[] {
  return [...filterTargets.values()].map(
    ({ path, collection }) => `${path.join('/')}${collection ? '/any(t:t eq …)' : ''}`,
  )
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
