import type { Structure } from '../../../shared/schemas/property'
import type { Resource } from '../../../shared/schemas/resource'

/** A place inside a body where a complex value stands. */
export interface Place {
  /** As errors name it, like `operationDefinition.lambdaDefinitions[0]`. */
  readonly target: string
  readonly typeName: string
  readonly structure: Structure
  /** A value of the outermost property that has this at the place. */
  readonly holding: (inner: unknown) => Readonly<Record<string, unknown>>
}

const within = (structure: Structure, prefix: string, wrap: Place['holding']): Place[] =>
  [...structure.properties.values()].flatMap(({ name, type, collection, computed }) => {
    if (type.kind !== 'complex' || computed === true) return []
    const target = `${prefix}${name}${collection ? '[0]' : ''}`
    const holding = (value: unknown) => wrap({ [name]: collection ? [value] : value })
    const place: Place = { target, typeName: type.name, structure: type, holding }
    return [place, ...within(type, `${target}.`, (value) => holding(value))]
  })

/** Every place of a resource where a complex value may stand. */
export const placesOf = (resource: Resource): Place[] =>
  within(resource, '', (value) => value as Readonly<Record<string, unknown>>) // each step makes an object
