import type { Resource } from '../schemas/resource'

/** The base of every URL in an answer: the service's origin and the API version that the client used. */
export interface Root {
  readonly origin: string
  readonly version: string
  /** What stands between the version and the collection, where the client found it there: a path, and a slash. */
  readonly below?: string
}

/** Values of the parameters of a resource's route. */
export type Parents = Readonly<Record<string, string>>

/** URL of a collection. */
export function collectionUrl({ origin, version, below = '' }: Root, { route }: Resource, parents: Parents): string {
  return `${origin}/${version}/${below}${fill(route, parents, inPath)}`
}

/** URL of an entity. */
export function entityUrl(root: Root, resource: Resource, parents: Parents, id: string): string {
  return `${collectionUrl(root, resource, parents)}/${id}`
}

/** Context URL of a collection; `select` names the properties of a selection. */
export function collectionContext(
  { origin, version }: Root,
  { route }: Resource,
  parents: Parents,
  select?: ReadonlySet<string>,
): string {
  const selection = select === undefined ? '' : `(${[...select].map(encodeURIComponent).join(',')})`
  return `${origin}/${version}/$metadata#${fill(toContext(route), parents, inKey)}${selection}`
}

/** Context URL of an entity. */
export function entityContext(root: Root, resource: Resource, parents: Parents, select?: ReadonlySet<string>): string {
  return `${collectionContext(root, resource, parents, select)}/$entity`
}

/** Context URL of the answer to a create. */
export function createdContext(root: Root, resource: Resource, parents: Parents): string {
  const { createdContext } = resource
  if (createdContext === undefined) return entityContext(root, resource, parents)
  return `${root.origin}/${root.version}/${createdContext}`
}

// A context URL has parameters as keys: `users/{id}` is `users('{id}')`.
function toContext(route: string): string {
  return route.replace(/\/(\{\w+\})/g, "('$1')")
}

function fill(template: string, parents: Parents, encode: (value: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encode(parents[name] ?? ''))
}

// `@` is allowed in a path (RFC 3986, 3.3), and user principal names contain it.
function inPath(value: string): string {
  return encodeURIComponent(value).replaceAll('%40', '@')
}

// In a key of a context URL a quote is doubled (OData 4.01 part 2, 4.3.1).
function inKey(value: string): string {
  return inPath(value.replaceAll("'", "''"))
}
