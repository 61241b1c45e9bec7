import type { Filter } from '../odata/filterTree'
import type { Order, Position } from '../odata/order'
import { TENANT } from '../schemas/storeNames'
import type { Query } from './attempts'
import { type Binder, newBinder, toCondition } from './sql'

/** Whose documents a store session may see: those of a tenant, below these parents. */
export interface Scope {
  readonly tenantId: string
  readonly parents: Readonly<Record<string, string>>
}

/** Selects a page of a collection: at most `limit` documents after a position. */
export interface PageRequest {
  readonly filter: Filter | undefined
  readonly order: Order
  readonly after: Position | undefined
  readonly limit: number
}

/** The query of one page. Property names in it come from declarations only. */
export function pageQuery(scope: Scope, { filter, order, after, limit }: PageRequest): Query {
  const binder = newBinder()
  const conditions = [
    ...conditionsOf(scope, filter, binder),
    ...(after === undefined ? [] : [isAfter(order, after, binder)]),
  ]
  const direction = order.direction.toUpperCase()
  const text = `SELECT TOP ${limit} * FROM c WHERE ${conditions.join(' AND ')} ORDER BY c.${order.property} ${direction}, c.id ${direction}`
  return { text, parameters: binder.parameters }
}

/** The query that counts documents. */
export function countQuery(scope: Scope, filter: Filter | undefined): Query {
  const binder = newBinder()
  const text = `SELECT VALUE COUNT(1) FROM c WHERE ${conditionsOf(scope, filter, binder).join(' AND ')}`
  return { text, parameters: binder.parameters }
}

function conditionsOf({ tenantId, parents }: Scope, filter: Filter | undefined, binder: Binder): string[] {
  return [
    `c.${TENANT} = ${binder.bind(tenantId)}`,
    ...Object.entries(parents).map(([name, value]) => `c.${name} = ${binder.bind(value)}`),
    ...(filter === undefined ? [] : [toCondition(filter, binder)]),
  ]
}

function isAfter({ property, direction }: Order, { value, id }: Position, { bind }: Binder): string {
  const sign = direction === 'asc' ? '>' : '<'
  const name = bind(value)
  return `(c.${property} ${sign} ${name} OR c.${property} = ${name} AND c.id ${sign} ${bind(id)})`
}
