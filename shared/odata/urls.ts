import type { Resource } from '../schemas/resource'

/** Where an answer points: origin of the service and version of the API that the client used. */
export interface Root {
  readonly origin: string
  readonly version: string
}

/** Values of the parameters of a resource's route. */
export type Parents = Readonly<Record<string, string>>

const fill = (template: string, parents: Parents, encode: (value: string) => string): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encode(parents[name] ?? ''))

// An `@` may stand in a path (RFC 3986, 3.3), and user names are full of them.
const inPath = (value: string): string => encodeURIComponent(value).replaceAll('%40', '@')

// In a key of a context URL a quote is doubled (OData 4.01 part 2, 4.3.1).
const inKey = (value: string): string => inPath(value.replaceAll("'", "''"))

/** URL of a collection. */
export const collectionUrl = ({ origin, version }: Root, resource: Resource, parents: Parents): string =>
  `${origin}/${version}/${fill(resource.route, parents, inPath)}`

/** URL of an entity. */
export const entityUrl = (root: Root, resource: Resource, parents: Parents, id: string): string =>
  `${collectionUrl(root, resource, parents)}/${id}`

/** Context URL of a collection; `select` names the properties of a selection. */
export const collectionContext = (
  { origin, version }: Root,
  resource: Resource,
  parents: Parents,
  select?: readonly string[],
): string => {
  const selection = select === undefined ? '' : `(${select.map(encodeURIComponent).join(',')})`
  return `${origin}/${version}/${fill(resource.context, parents, inKey)}${selection}`
}

/** Context URL of an entity. */
export const entityContext = (root: Root, resource: Resource, parents: Parents, select?: readonly string[]): string =>
  `${collectionContext(root, resource, parents, select)}/$entity`
