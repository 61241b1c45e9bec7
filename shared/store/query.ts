import type { Query } from '../cosmos/attempts'
import { GROUP_COUNT } from '../cosmos/groups'
import type { Filter } from '../filter/filterTree'
import type { Order, Position } from '../odata/order'
import { TENANT } from '../schemas/storeNames'
import { type Scope, scopeNames } from './session'
import { type Binder, newBinder, toCondition } from './sql'

/** A property to be read. */
export interface Column {
  readonly name: string
  /** Characters of a string after which the rest is not read. */
  readonly maxLength?: number
}

/** Selects a page of a collection: at most `limit` documents after a position. */
export interface PageRequest {
  readonly filter: Filter | undefined
  readonly order: Order
  readonly after: Position | undefined
  readonly limit: number
}

/** The query of one page. Property names in it come from declarations only. */
export function pageQuery(scope: Scope, page: PageRequest): Query {
  return selectPage(scope, '*', page)
}

/** The query of one page of some properties, and of those that say whose they are. */
export function projectionQuery(scope: Scope, columns: readonly Column[], page: PageRequest): Query {
  const own = scopeNames(scope).map((name) => ({ name }))
  return selectPage(scope, [...own, ...columns].map(toExpression).join(', '), page)
}

/** Values to group by: at a path, of a string only so many characters. */
export interface GroupKey {
  readonly path: readonly string[]
  readonly length?: number
}

/** The query that counts by groups. It selects each key under `g` and its number, and whose the documents are. */
export function groupQuery(scope: Scope, filter: Filter | undefined, keys: readonly GroupKey[]): Query {
  const binder = newBinder()
  const own = scopeNames(scope).map((name) => [name, `c.${name}`] as const)
  const given = keys.map((key, number) => [`g${number}`, toGroupExpression(key)] as const)
  const selected = [...own, ...given].map(([alias, expression]) => `${expression} AS ${alias}`).join(', ')
  const expressions = [...new Set([...own, ...given].map(([, expression]) => expression))].join(', ')
  const where = conditionsOf(scope, filter, binder).join(' AND ')
  const text = `SELECT COUNT(1) AS ${GROUP_COUNT}, ${selected} FROM c WHERE ${where} GROUP BY ${expressions}`
  return { text, parameters: binder.parameters }
}

function toGroupExpression({ path, length }: GroupKey): string {
  const value = `c.${path.join('.')}`
  return length === undefined ? value : `LEFT(${value}, ${length})`
}

/** The query that counts documents. */
export function countQuery(scope: Scope, filter: Filter | undefined): Query {
  const binder = newBinder()
  const text = `SELECT VALUE COUNT(1) FROM c WHERE ${conditionsOf(scope, filter, binder).join(' AND ')}`
  return { text, parameters: binder.parameters }
}

function selectPage(scope: Scope, columns: string, { filter, order, after, limit }: PageRequest): Query {
  const binder = newBinder()
  const conditions = [
    ...conditionsOf(scope, filter, binder),
    ...(after === undefined ? [] : [isAfter(order, after, binder)]),
  ]
  const direction = order.direction.toUpperCase()
  const text = `SELECT TOP ${limit} ${columns} FROM c WHERE ${conditions.join(' AND ')} ORDER BY c.${order.property} ${direction}, c.id ${direction}`
  return { text, parameters: binder.parameters }
}

function toExpression({ name, maxLength }: Column): string {
  return maxLength === undefined ? `c.${name}` : `LEFT(c.${name}, ${maxLength}) AS ${name}`
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
