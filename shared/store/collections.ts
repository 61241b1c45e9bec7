import type { JsonObject } from '../basics/isObject'
import type { Query, Rows, Stored } from '../cosmos/attempts'
import type { Group } from '../cosmos/groups'
import type { Filter } from '../filter/filterTree'
import type { Resource } from '../schemas/resource'
import {
  type Column,
  countQuery,
  type GroupKey,
  groupQuery,
  type PageRequest,
  pageQuery,
  projectionQuery,
} from './query'
import { type Run, toFailure } from './retry'
import { own, type Scope, type Session } from './session'
import { untilKnown } from './untilKnown'

/** One page of documents. `cut` where there may be more, not fetched because these are too large. */
export interface Page {
  readonly documents: readonly Stored[]
  readonly cut: boolean
}

/** One page of some of the properties of documents; `cut` as above. */
export interface Projection {
  readonly documents: readonly JsonObject[]
  readonly cut: boolean
}

/** How many documents have the same values. Values are in the order of the keys; null also stands for an absent one. */
export interface CountedGroup {
  readonly values: readonly unknown[]
  readonly count: number
}

/** Groups; not `complete` where there are more than the limit. */
export interface Groups {
  readonly groups: readonly CountedGroup[]
  readonly complete: boolean
}

// A count that takes long comes in pages, each with a partial count.
const MAX_PARTS = 1000

/** A page of documents. */
export async function list(session: Session, resource: Resource, page: PageRequest): Promise<Page> {
  const { rows, cut } = await query(session, resource, pageQuery(session.scope, page), page.limit)
  return { documents: rows.map((row) => own(toStored(row), session.scope)), cut }
}

/** A page of some properties. */
export async function project(
  session: Session,
  resource: Resource,
  columns: readonly Column[],
  page: PageRequest,
): Promise<Projection> {
  const { scope } = session
  const { rows, cut } = await query(session, resource, projectionQuery(scope, columns, page), page.limit)
  return { documents: rows.map((row) => own(toStored(row), scope).document), cut }
}

/** How many documents there are. */
export async function count(session: Session, resource: Resource, filter: Filter | undefined): Promise<number> {
  const { rows } = await query(session, resource, countQuery(session.scope, filter), MAX_PARTS)
  return rows.reduce<number>((sum, part) => sum + Number(part), 0)
}

/** How many documents there are in each group; `complete` unless there are more groups than `limit`. */
export async function group(
  session: Session,
  resource: Resource,
  filter: Filter | undefined,
  keys: readonly GroupKey[],
  limit: number,
): Promise<Groups> {
  const { attempts, budget, scope } = session
  const statement = groupQuery(scope, filter, keys)
  const run: Run<Rows> = (signal) => attempts.groups(resource, statement, scope.tenantId, limit, signal())
  const { outcome } = await untilKnown(budget, run, 'read')
  if (outcome.kind !== 'ok') throw toFailure(outcome, false)
  // What `groups` of an attempt promises.
  const rows = outcome.value.rows as readonly Group[]
  return { complete: !outcome.value.cut, groups: rows.map((row) => toCounted(row, scope, keys)) }
}

function toCounted({ values, count }: Group, scope: Scope, keys: readonly GroupKey[]): CountedGroup {
  const { document } = own({ document: values }, scope)
  return { values: keys.map((_, number) => document[`g${number}`] ?? null), count }
}

async function query(session: Session, resource: Resource, statement: Query, limit: number): Promise<Rows> {
  const { attempts, budget, scope } = session
  const run: Run<Rows> = (signal) => attempts.query(resource, statement, scope.tenantId, limit, signal())
  const { outcome } = await untilKnown(budget, run, 'read')
  if (outcome.kind === 'ok') return outcome.value
  throw toFailure(outcome, false)
}

function toStored(row: unknown): Stored {
  // A row is a document, or some of one; its members are checked before it is answered.
  const document = row as JsonObject
  return { document, etag: String(document._etag) }
}
