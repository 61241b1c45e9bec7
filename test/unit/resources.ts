import { delegatedAdminRelationshipRequest } from '../../shared/schemas/delegatedAdminRelationshipRequest'
import { managedAppOperation } from '../../shared/schemas/managedAppOperation'
import { managedTenantOperation } from '../../shared/schemas/managedTenantOperation'
import { managedTenantOperationHttpRequest } from '../../shared/schemas/managedTenantOperationHttpRequest'
import { managedTenantOperationResult } from '../../shared/schemas/managedTenantOperationResult'
import { modelOf, type Property, type Structure } from '../../shared/schemas/model'
import type { Resource } from '../../shared/schemas/resource'

/** Every resource there is. */
export const resources: readonly Resource[] = [
  managedTenantOperation,
  managedTenantOperationResult,
  managedTenantOperationHttpRequest,
  delegatedAdminRelationshipRequest,
  managedAppOperation,
]

/** The properties of a resource that a client may send. */
export const givenTo = (resource: Resource): Property[] =>
  [...modelOf(resource).properties.values()].filter(({ rule }) => rule.computed !== true)

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
  [...structure.properties.values()].flatMap(({ name, type, collection, structure: inner, rule }) => {
    if (inner === undefined || type.kind !== 'complex' || rule.computed === true) return []
    const target = `${prefix}${name}${collection ? '[0]' : ''}`
    const holding = (value: unknown) => wrap({ [name]: collection ? [value] : value })
    const place: Place = { target, typeName: type.name, structure: inner, holding }
    return [place, ...within(inner, `${target}.`, (value) => holding(value))]
  })

/** Every place of a resource where a complex value may stand. */
export const placesOf = (resource: Resource): Place[] =>
  within(modelOf(resource), '', (value) => value as Readonly<Record<string, unknown>>) // each step makes an object
