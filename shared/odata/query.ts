import { TENANT } from '../schemas/stored'
import type { Filter, Literal } from './filterTree'
import { type Binder, newBinder, toCondition } from './sql'
import type { Parents } from './urls'

/** The order of a list: one property, then the id, both in one direction. */
export interface Order {
  readonly property: string
  readonly direction: 'asc' | 'desc'
}

/** Where a page ended: order value and id of its last entity. */
export interface Position {
  readonly value: string
  readonly id: string
}

/** Which entities are asked for. The tenant is the caller's own. */
export interface Scope {
  readonly tenantId: string
  readonly parents: Parents
  readonly filter: Filter | undefined
}

/** A parameterised query. */
export interface SqlQuery {
  readonly text: string
  readonly parameters: readonly { readonly name: string; readonly value: Literal }[]
}

const conditionsOf = ({ tenantId, parents, filter }: Scope, binder: Binder): string[] => [
  `c.${TENANT} = ${binder.bind(tenantId)}`,
  ...Object.entries(parents).map(([name, value]) => `c.${name} = ${binder.bind(value)}`),
  ...(filter === undefined ? [] : [toCondition(filter, binder)]),
]

const behind = ({ property, direction }: Order, { value, id }: Position, { bind }: Binder): string => {
  const sign = direction === 'asc' ? '>' : '<'
  const name = bind(value)
  return `(c.${property} ${sign} ${name} OR c.${property} = ${name} AND c.id ${sign} ${bind(id)})`
}

/** The query of one page: at most `limit` documents behind a position. Names in it come from declarations only. */
export const pageQuery = (scope: Scope, order: Order, after: Position | undefined, limit: number): SqlQuery => {
  const binder = newBinder()
  const conditions = [...conditionsOf(scope, binder), ...(after === undefined ? [] : [behind(order, after, binder)])]
  const direction = order.direction.toUpperCase()
  const text = `SELECT TOP ${limit} * FROM c WHERE ${conditions.join(' AND ')} ORDER BY c.${order.property} ${direction}, c.id ${direction}`
  return { text, parameters: binder.parameters }
}

/** The query that counts. */
export const countQuery = (scope: Scope): SqlQuery => {
  const binder = newBinder()
  const text = `SELECT VALUE COUNT(1) FROM c WHERE ${conditionsOf(scope, binder).join(' AND ')}`
  return { text, parameters: binder.parameters }
}
